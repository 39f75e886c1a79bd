"""Who may do what with an agenda: the one function. Values in, a value out; no clock, no tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corneille.calendar.level import Level

LIST = "list/"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on that day.

    places  (UAI, function in lower case) of each assignment of the day
    heads   UAI codes of the establishments that this person directs
    lists   those that this person is on, of the ones that agendas name
    """

    account: int
    places: frozenset[tuple[str, str]]
    heads: frozenset[str]
    lists: frozenset[int] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """Every way in which a share may name this person."""
        teams = {name_team(uai, function) for uai, function in self.places}
        lists = {name_list(each) for each in self.lists}
        return frozenset({name_person(self.account), *(name_establishment(uai) for uai, _ in self.places), *teams, *lists})


@dataclass(frozen=True, slots=True)
class Shared:
    """One share of the agenda."""

    to: str
    level: Level
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose the agenda is: a person's, an establishment's or a team's there; nobody's where it is the holidays of a zone."""

    owner: int | None
    uai: str
    team: str = ""

    @property
    def key(self) -> str:
        """How a share names those whose it is; empty where it is a person's or nobody's."""
        return self.team or (name_establishment(self.uai) if self.uai else "")


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may do with an agenda.

    counting  the shares that give them something
    until_on  the last day of the level, where it has one
    """

    level: Level
    counting: tuple[Shared, ...]
    until_on: date | None


def decide(asker: Asker, belongs: Belongs, shares: Iterable[Shared], on: date) -> Right:
    """What this person may do with it on that day, and by which shares."""
    counting = tuple(_list_counting(asker, belongs, shares, on))
    if is_own(asker, belongs):
        return Right(Level.MANAGE, counting, None)
    level = max((each.level for each in counting), default=Level.NONE)
    given = [each.until_on for each in counting if each.level == level]
    ends = [each for each in given if each is not None]
    return Right(level, counting, max(ends) if ends and len(ends) == len(given) else None)


def is_own(asker: Asker, belongs: Belongs) -> bool:
    """Whether it is this person's, or of an establishment that they direct: then no share is asked for."""
    return belongs.owner == asker.account or bool(belongs.uai and belongs.uai in asker.heads)


def _list_counting(asker: Asker, belongs: Belongs, shares: Iterable[Shared], on: date) -> list[Shared]:
    """The shares that give this person something that day; to read or write can be given to anybody."""
    keys = asker.keys
    found = [each for each in shares if each.to in keys and is_in_force(each, on)]
    return [each for each in found if each.level < Level.MANAGE or may_manage(asker, belongs)]


def may_manage(asker: Asker, belongs: Belongs) -> bool:
    """Whether a share can let this person manage it: what is a team's or an establishment's, as one of it or its head.

    That right ends with their belonging, whatever day the share names: nothing stays of it, since belonging was its ground.
    """
    return is_own(asker, belongs) or not belongs.key or belongs.key in asker.keys


def is_in_force(share: Shared, on: date) -> bool:
    """Between its two dates, both included."""
    return share.from_on <= on and (share.until_on is None or on <= share.until_on)


def parse_kind(key: str) -> str:
    """ "person", "establishment", "team" or "list"."""
    return key.partition("/")[0]


def name_person(account: int) -> str:
    """How a share names one person."""
    return f"person/{account}"


def name_list(number: int) -> str:
    """Everybody who is on that list of people."""
    return f"{LIST}{number}"


def name_establishment(uai: str) -> str:
    """Everybody who is assigned there."""
    return f"establishment/{uai}"


def name_team(uai: str, function: str) -> str:
    """Everybody who is assigned there with that function."""
    return f"team/{uai}/{function.casefold()}"
