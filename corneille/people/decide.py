"""Who sees whom: establishment, department, académie. The one place where this is said. Pure.

A duty is as what somebody looks at other people; a rule says which accounts have it, through which of their assignments, and
how far it then goes. `scope.py` is the gate that gathers the facts and asks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from corneille.people.account_type import AccountType

DIGITAL_CORRESPONDENT = "correspondant numérique"
SECURITY_CORRESPONDENT = "correspondant sécurité"
"""Functions of an assignment, in lower case."""


class Level(StrEnum):
    """How far somebody looks, the nearest first."""

    ESTABLISHMENT = "establishment"
    DEPARTMENT = "department"
    ACADEMIE = "academie"


class Duty(StrEnum):
    """As what."""

    DIRECT = "direct"  # its lists and agendas
    LOOK_AFTER = "look-after"  # activation letters, incidents
    HELP = "help"  # requests and sheets of accounts
    CORRESPOND = "correspond"  # requests of the establishment
    WATCH = "watch"  # incidents, requests about phishing
    JUDGE = "judge"  # incidents: verdicts, removals
    SPEAK = "speak"  # disruptions and answers, to everybody
    PROTECT_DATA = "protect-data"  # the register and what purges did


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to have a duty.

    types     of account; empty: any
    function  of the assignment, in lower case; empty: any
    levels    how far an assignment may go; empty: as an account of this type, of all, wherever they work
    """

    types: frozenset[AccountType] = frozenset()
    function: str = ""
    levels: frozenset[Level] = frozenset(Level)


_HEAD = Rule(types=frozenset({AccountType.HEAD}), levels=frozenset({Level.ESTABLISHMENT}))
_SUPPORT = Rule(types=frozenset({AccountType.SUPPORT}), levels=frozenset({Level.DEPARTMENT, Level.ACADEMIE}))
_SPEAKERS = frozenset({AccountType.SUPPORT, AccountType.SECURITY})

DUTIES: Mapping[Duty, tuple[Rule, ...]] = MappingProxyType({
    Duty.DIRECT: (_HEAD,),
    Duty.LOOK_AFTER: (_HEAD, _SUPPORT),
    Duty.HELP: (_SUPPORT,),
    Duty.CORRESPOND: (Rule(function=DIGITAL_CORRESPONDENT, levels=frozenset({Level.ESTABLISHMENT})),),
    Duty.WATCH: (Rule(function=SECURITY_CORRESPONDENT),),
    Duty.JUDGE: (Rule(types=frozenset({AccountType.SECURITY}), levels=frozenset()),),
    Duty.SPEAK: (Rule(types=_SPEAKERS, levels=frozenset({Level.ACADEMIE})),),
    Duty.PROTECT_DATA: (Rule(types=frozenset({AccountType.DATA_PROTECTION}), levels=frozenset()),),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """An establishment as the rules read it; `kind`: "dsden", "rectorat", or a school's."""

    uai: str
    kind: str
    department: str


@dataclass(frozen=True, slots=True)
class Asker:
    """An active account and its assignments of the day: where, with which function in lower case."""

    type: AccountType
    posts: tuple[tuple[Spot, str], ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a duty shows; false: nobody.

    reached   offices, each with how far it looks
    is_whole  everybody, also who works nowhere
    """

    reached: frozenset[tuple[Level, Spot]]
    is_whole: bool

    def __bool__(self) -> bool:
        return self.is_whole or bool(self.reached)

    def sees(self, here: Spot | None) -> bool:
        """Whether people of this establishment, or (None) of none, are within it."""
        return self.is_whole or any(reaches(level, office, here) for level, office in self.reached)

    @property
    def own_uais(self) -> frozenset[str]:
        """The establishments that are theirs as such, not through an office over them."""
        return frozenset(office.uai for level, office in self.reached if level is Level.ESTABLISHMENT)


NOBODY = Scope(frozenset(), is_whole=False)


def decide_scope(asker: Asker | None, duty: Duty) -> Scope:
    """Whom somebody sees under a duty; None, or who does not have it: nobody."""
    if asker is None:
        return NOBODY
    rules = [rule for rule in DUTIES[duty] if not rule.types or asker.type in rule.types]
    reached = frozenset(
        (level, office)
        for rule in rules
        for office, function in asker.posts
        for level in rule.levels
        if rule.function in {"", function} and reaches(level, office, office)
    )
    is_whole = any(not rule.levels for rule in rules) or any(level is Level.ACADEMIE for level, _office in reached)
    return Scope(reached, is_whole)


def reaches(level: Level, office: Spot, here: Spot | None) -> bool:
    """Whether who sits in an office looks so far as this place; None: those who work nowhere.

    The rectorat is over all; a DSDEN over its department, but not over the rectorat that stands there.
    """
    match level:
        case Level.ACADEMIE:
            return office.kind == "rectorat"
        case Level.DEPARTMENT:
            return (
                office.kind == "dsden" and here is not None
                and here.kind != "rectorat" and here.department == office.department
            )  # fmt: skip
        case Level.ESTABLISHMENT:
            return here is not None and here.uai == office.uai
