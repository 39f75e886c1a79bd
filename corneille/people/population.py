"""Who a population is: account types × establishments × functions, on a day. Only accounts that a person uses."""

from collections.abc import Sequence
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_type import AccountType
from corneille.people.uai import parse_uai


def list_population(
    types: Sequence[str], establishments: Sequence[str], functions: Sequence[str], on: date
) -> list[AccountId]:
    """Active people who have one of the types, at one of the establishments (UAI), with one of the functions; empty: any."""
    kinds = [kind for kind in types or list(AccountType) if kind != AccountType.FUNCTIONAL]
    uais = [parse_uai(each) or each for each in establishments]
    return queries.list_population(kinds, uais, [each.casefold() for each in functions], on=on)


def find_unknown(types: Sequence[str], establishments: Sequence[str]) -> str | None:
    """A type or establishment that is none here; None: all are."""
    wrong = [each for each in types if each not in set(AccountType)]
    uais = {each: parse_uai(each) for each in establishments}
    known = queries.list_known_uais([uai for uai in uais.values() if uai is not None])
    return next(iter([*wrong, *(each for each, uai in uais.items() if uai not in known)]), None)
