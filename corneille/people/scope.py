"""The gate of who sees whom: gathers what `decide.py` wants to know of somebody, and turns its answer into establishments.

`list_over` asks the same rules from the other side: who looks after an establishment.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_type import AccountState
from corneille.people.decide import DUTIES, Asker, Duty, Level, Scope, Spot, decide_scope, reaches
from corneille.people.find import find_standing_of
from corneille.people.population import list_population

OFFICES = frozenset({"dsden", "rectorat"})
"""Kinds of establishments that are over others."""


@dataclass(frozen=True, slots=True)
class Place:
    """An establishment."""

    uai: str
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An establishment and how many of its people wait for activation."""

    place: Place
    count: int


def find_asker(account: AccountId, on: date) -> Asker | None:
    """Somebody as the rules read them that day; None: nobody who could sign in."""
    standing = find_standing_of(account)
    if standing is None or standing.state is not AccountState.ACTIVE:
        return None
    posts = tuple((Spot(*spot), function.casefold()) for *spot, function in queries.list_spots(account, on=on))
    return Asker(standing.type, posts)


def find_scope(account: AccountId, duty: Duty, on: date) -> Scope:
    """Whom this account sees under a duty on that day."""
    return decide_scope(find_asker(account, on), duty)


def sees(account: AccountId, other: AccountId, duty: Duty, on: date) -> bool:
    """Whether this account sees another under a duty on that day; nobody sees themselves so, or who is not active."""
    asker = find_asker(other, on) if account != other else None
    if asker is None:
        return False
    scope = find_scope(account, duty, on)
    return any(scope.sees(spot) for spot, _function in asker.posts) or (not asker.posts and scope.sees(None))


def sees_wholly(account: AccountId, other: AccountId, duty: Duty, on: date) -> bool:
    """The same, and every post of the other at a DSDEN or the rectorat is within the duty too: for what opens an account."""
    asker = find_asker(other, on)
    if asker is None or not sees(account, other, duty, on):
        return False
    scope = find_scope(account, duty, on)
    return all(scope.sees(spot) for spot, _function in asker.posts if spot.kind in OFFICES)


def list_places(*scopes: Scope) -> list[Place]:
    """The establishments within one of the scopes, by name."""
    if not any(scopes):
        return []
    known = queries.list_establishments_of(None)
    return [
        Place(each.uai, each.name)
        for each in known
        if any(scope.sees(Spot(each.uai, each.kind, each.department)) for scope in scopes)
    ]


def list_managed(account: AccountId, on: date) -> list[Place]:
    """The establishments whose people this account looks after on that day, by name; none for most."""
    return list_places(find_scope(account, Duty.LOOK_AFTER, on))


def list_waiting_places(account: AccountId, on: date) -> list[Waiting]:
    """The establishments that this account looks after and where somebody waits, by name."""
    managed = list_managed(account, on)
    counts = queries.count_waiting([place.uai for place in managed], on=on)
    return [Waiting(place, counts[place.uai]) for place in managed if place.uai in counts]


def list_over(duty: Duty, uai: str, on: date) -> Mapping[Level, list[AccountId]]:
    """Who looks after an establishment under a duty, by level; `uai` empty: after those who work nowhere."""
    return list_over_any(duty, [uai], on)


def list_over_any(duty: Duty, uais: Collection[str], on: date) -> Mapping[Level, list[AccountId]]:
    """Who looks after one of these establishments, by level."""
    known = [Spot(each.uai, each.kind, each.department) for each in queries.list_establishments_of(None)]
    by_uai = {each.uai: each for each in known}
    here = {by_uai.get(uai) for uai in uais}
    found: dict[Level, list[AccountId]] = {}
    for rule in DUTIES[duty]:
        for level in rule.levels:
            offices = [each.uai for each in known if any(reaches(level, each, spot) for spot in here)]
            if offices:
                found.setdefault(level, []).extend(
                    list_population(sorted(rule.types), offices, [rule.function] if rule.function else [], on)
                )
    return {level: found[level] for level in Level if found.get(level)}
