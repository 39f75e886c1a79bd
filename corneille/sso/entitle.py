"""Whether a service is for somebody: account type × establishment × function. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneille.people.assignment import Assignment


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a service is for; an empty group asks for nothing. Functions in lower case, establishments as UAI."""

    types: frozenset[str] = frozenset()
    establishments: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()


EVERYBODY = Audience()


def find_missing(audience: Audience, account_type: str, assigned: Sequence[Assignment]) -> str | None:
    """What somebody lacks: "type", "establishment" or "function"; None: the service is for them.

    Establishment and function count together: a head of one school is no head of the other where they teach.
    """
    if audience.types and account_type not in audience.types:
        return "type"
    there = [each for each in assigned if not audience.establishments or each.uai in audience.establishments]
    if audience.establishments and not there:
        return "establishment"
    if audience.functions and not any(each.function.casefold() in audience.functions for each in there):
        return "function"
    return None
