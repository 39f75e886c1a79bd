"""Who deals with which matter: the table of `docs/support.md`, and the way up. Pure."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from corneille.people.decide import Duty, Level


class Matter(StrEnum):
    """What a request is about."""

    SIGN_IN = "sign-in"
    PROGRAM = "program"
    NOT_ARRIVING = "not-arriving"
    PHISHING = "phishing"
    CALENDAR = "calendar"
    RIGHTS = "rights"
    OTHER = "other"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Row:
    """Where a matter begins, and as what somebody answers for it in an establishment; None: nobody there can."""

    first: Level
    duty: Duty | None


ROUTES: dict[Matter, Row] = {
    Matter.SIGN_IN: Row(Level.ESTABLISHMENT, Duty.CORRESPOND),
    Matter.PROGRAM: Row(Level.ESTABLISHMENT, Duty.CORRESPOND),
    Matter.NOT_ARRIVING: Row(Level.ESTABLISHMENT, Duty.CORRESPOND),
    Matter.PHISHING: Row(Level.ESTABLISHMENT, Duty.WATCH),
    Matter.CALENDAR: Row(Level.ESTABLISHMENT, Duty.CORRESPOND),
    Matter.RIGHTS: Row(Level.DEPARTMENT, None),  # nobody in an establishment can change a right
    Matter.OTHER: Row(Level.ESTABLISHMENT, Duty.CORRESPOND),
}


def route(matter: Matter, reachable: Container[Level]) -> Level:
    """The nearest level that deals with the matter and has somebody; what nobody else takes is the académie's."""
    return _first(LEVELS[LEVELS.index(ROUTES[matter].first) :], reachable)


def climb(level: Level, reachable: Container[Level]) -> Level | None:
    """Who comes next where a level does not find the answer; None: there is nobody above."""
    above = LEVELS[LEVELS.index(level) + 1 :]
    return _first(above, reachable) if above else None


def is_at_or_above(level: Level, other: Level) -> bool:
    """Whether who answers at `level` may do what `other` does."""
    return LEVELS.index(level) >= LEVELS.index(other)


def _first(levels: tuple[Level, ...], reachable: Container[Level]) -> Level:
    return next((each for each in levels if each in reachable), Level.ACADEMIE)
