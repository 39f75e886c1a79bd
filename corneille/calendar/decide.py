"""Who may do what with an agenda: the one function. Values in, a value out; no clock, no tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corneille.calendar.level import Level


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on that day.

    places  (UAI, function in lower case) of each assignment of the day
    heads   UAI codes of the establishments that this person directs
    """

    account: int
    places: frozenset[tuple[str, str]]
    heads: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """Every way in which a share may name this person."""
        teams = {name_team(uai, function) for uai, function in self.places}
        return frozenset({name_person(self.account), *(name_establishment(uai) for uai, _ in self.places), *teams})


@dataclass(frozen=True, slots=True)
class Shared:
    """One share of the agenda."""

    to: str
    level: Level
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose the agenda is: a person's, or an establishment's; nobody's where it is the holidays of a zone."""

    owner: int | None
    uai: str


def decide(asker: Asker, belongs: Belongs, shares: Iterable[Shared], on: date) -> Level:
    """The highest right that this person has on that day."""
    if belongs.owner == asker.account or (belongs.uai and belongs.uai in asker.heads):
        return Level.MANAGE
    keys = asker.keys
    given = (each.level for each in shares if each.to in keys and is_in_force(each, on))
    return max(given, default=Level.NONE)


def is_in_force(share: Shared, on: date) -> bool:
    """Between its two dates, both included."""
    return share.from_on <= on and (share.until_on is None or on <= share.until_on)


def name_person(account: int) -> str:
    """How a share names one person."""
    return f"person/{account}"


def name_establishment(uai: str) -> str:
    """Everybody who is assigned there."""
    return f"establishment/{uai}"


def name_team(uai: str, function: str) -> str:
    """Everybody who is assigned there with that function."""
    return f"team/{uai}/{function.casefold()}"
