"""Whom somebody looks after: a head of school their school, the assistance of a DSDEN its department, that of the
rectorat the whole académie. The one place where this is said."""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_type import AccountType
from corneille.people.find import find_standing_of
from corneille.people.models import Establishment


@dataclass(frozen=True, slots=True)
class Place:
    """An establishment."""

    uai: str
    name: str


MANAGERS = frozenset({AccountType.HEAD, AccountType.SUPPORT})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An establishment and how many of its people wait for activation."""

    place: Place
    count: int


def list_waiting_places(account: AccountId, on: date) -> list[Waiting]:
    """The establishments that this account looks after and where somebody waits, by name."""
    managed = list_managed(account, on)
    counts = queries.count_waiting([place.uai for place in managed], on=on)
    return [Waiting(place, counts[place.uai]) for place in managed if place.uai in counts]


def speaks_for_all(account: AccountId, on: date) -> bool:
    """Whether this account may say something to the whole académie about its service: the rectorat's support, security."""
    standing = find_standing_of(account)
    if standing is None or standing.type not in {AccountType.SUPPORT, AccountType.SECURITY}:
        return False
    return any(each.kind == "rectorat" for each in queries.list_establishments(account, on=on))


def list_managed(account: AccountId, on: date) -> list[Place]:
    """The establishments whose people this account looks after on that day, by name; none for most."""
    standing = find_standing_of(account)
    if standing is None or standing.type not in MANAGERS:
        return []
    own = queries.list_establishments(account, on=on)
    if standing.type is AccountType.HEAD:
        return [Place(each.uai, each.name) for each in own]
    return _list_below(own, offices_only=True)


def list_managed_as(account: AccountId, function: str, on: date) -> list[Place]:
    """The establishments that this account answers for under a function (in lower case): where it has it, the department
    when that is a DSDEN, the académie when it is the rectorat."""
    return _list_below(queries.list_establishments_as(account, function, on=on), offices_only=False)


def _list_below(own: list[Establishment], *, offices_only: bool) -> list[Place]:
    if any(each.kind == "rectorat" for each in own):
        found = queries.list_establishments_of(None)
    else:
        found = queries.list_establishments_of({each.department for each in own if each.kind == "dsden"})
        if not offices_only:
            found = [*found, *(each for each in own if each not in found)]
    return [Place(each.uai, each.name) for each in found]
