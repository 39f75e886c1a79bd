"""Who deals with which matter: the table of `docs/support.md`, and the way up. Pure."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

DIGITAL = "correspondant numérique"
SECURITY = "correspondant sécurité"
"""Functions of an assignment, in lower case."""


class Matter(StrEnum):
    """What a request is about."""

    SIGN_IN = "sign-in"
    PROGRAM = "program"
    NOT_ARRIVING = "not-arriving"
    PHISHING = "phishing"
    CALENDAR = "calendar"
    RIGHTS = "rights"
    OTHER = "other"


class Level(StrEnum):
    """Who answers, the nearest first."""

    ESTABLISHMENT = "establishment"
    DEPARTMENT = "department"
    ACADEMIE = "academie"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Row:
    """Where a matter begins, and the function of who answers for it in an establishment."""

    first: Level
    function: str


ROUTES: dict[Matter, Row] = {
    Matter.SIGN_IN: Row(Level.ESTABLISHMENT, DIGITAL),
    Matter.PROGRAM: Row(Level.ESTABLISHMENT, DIGITAL),
    Matter.NOT_ARRIVING: Row(Level.ESTABLISHMENT, DIGITAL),
    Matter.PHISHING: Row(Level.ESTABLISHMENT, SECURITY),
    Matter.CALENDAR: Row(Level.ESTABLISHMENT, DIGITAL),
    Matter.RIGHTS: Row(Level.DEPARTMENT, ""),  # nobody in an establishment can change a right
    Matter.OTHER: Row(Level.ESTABLISHMENT, DIGITAL),
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
