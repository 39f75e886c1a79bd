"""Who a population is: account types × establishments × functions, on a day. Only accounts that a person uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_type import AccountType, is_person
from corneille.people.uai import parse_uai

TYPES = tuple(each for each in AccountType if is_person(each))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is none here; `group`: "types", "establishments" or "functions"; `known`: all that would be right."""

    group: str
    name: str
    known: tuple[str, ...]


def list_population(
    types: Sequence[str], establishments: Sequence[str], functions: Sequence[str], on: date
) -> list[AccountId]:
    """Active people who have one of the types, at one of the establishments (UAI), with one of the functions; empty: any."""
    kinds = [kind for kind in types or TYPES if kind in TYPES]
    uais = [parse_uai(each) or each for each in establishments]
    return queries.list_population(kinds, uais, [each.casefold() for each in functions], on=on)


def find_unknown(types: Sequence[str], establishments: Sequence[str]) -> Unknown | None:
    """The first type or establishment that is none here; None: all are."""
    wrong = next((each for each in types if each not in TYPES), None)
    if wrong is not None:
        return Unknown("types", wrong, TYPES)
    uais = {each: parse_uai(each) for each in establishments}
    here = queries.list_known_uais([uai for uai in uais.values() if uai is not None])
    wrong = next((each for each, uai in uais.items() if uai not in here), None)
    if wrong is not None:
        return Unknown("establishments", wrong, tuple(sorted(each.uai for each in queries.list_establishments_of(None))))
    return None


def find_unknown_function(functions: Sequence[str], on: date) -> Unknown | None:
    """The first that nobody has on that day nor will have; None: all are had."""
    had = queries.list_all_functions(on=on) if functions else []
    folded = {each.casefold() for each in had}
    wrong = next((each for each in functions if each.casefold() not in folded), None)
    return None if wrong is None else Unknown("functions", wrong, tuple(had))
