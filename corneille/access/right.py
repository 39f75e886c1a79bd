"""Rights: what an account may use, from where, why, who decided, until when. Computed from decisions, dated. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from corneille.access.reason import Reason
from corneille.kernel.day import day_after

SOON = timedelta(days=60)
DECLARED = "declared"


class Right(StrEnum):
    """What may be used; each is a door."""

    PORTAL = "web"
    READING = "imap"
    SENDING = "submission"
    CALENDAR = "dav"


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision.

    weight  the heavier wins: an account's own, then its function's, its establishment's, its type's (`access/rights`)
    scope   for whom: "account/17", "function/principal", "uai/0760095R", "type/externe"
    """

    right: str
    is_allowed: bool
    networks: str
    reason: str
    by: str
    from_on: date
    until_on: date | None
    weight: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Concerning:
    """The decisions that concern somebody from a day on: they work elsewhere, or as something else, than before it."""

    from_on: date
    decisions: Sequence[Decided]


@dataclass(frozen=True, slots=True)
class Change:
    """What a right becomes on a day: whether it is allowed, and from which networks."""

    on: date
    is_allowed: bool
    networks: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A right as it stands on one day; `decided`: by whom, None: nobody decided otherwise than everybody's.

    changes  all within sixty days, the earliest first; a decision that changes nothing of what one may do is none
    """

    right: Right
    is_allowed: bool
    networks: str
    decided: Decided | None
    changes: tuple[Change, ...] = ()


def find_decided(right: Right, decisions: Sequence[Decided], on: date) -> Decided | None:
    """The decision in force on a day: the most particular, then the latest to begin, then the last of `decisions`."""
    in_force = [
        each
        for each in decisions
        if each.right == right.value and each.from_on <= on and (each.until_on is None or on <= each.until_on)
    ]
    return max(reversed(in_force), key=lambda each: (each.weight, each.from_on), default=None)


def find_standing(right: Right, concerning: Sequence[Concerning], on: date) -> Standing:
    """How a right stands on a day, and what it becomes.

    concerning  the earliest first, of which the first holds on that day
    """

    def find(day: date) -> Decided | None:
        *_, decisions = [each.decisions for each in concerning if each.from_on <= day]
        return find_decided(right, decisions, day)

    days = [on + timedelta(days=number) for number in range(SOON.days + 1)]
    effects = [(day, _effect(find(day))) for day in days]
    changes = tuple(Change(day, *new) for (_day, old), (day, new) in pairwise(effects) if new != old)
    decided = find(on)
    if decided is None:
        return Standing(right, True, "", None, changes)
    return Standing(right, decided.is_allowed, decided.networks, decided, changes)


def find_first_change(decision: Decided, decisions: Sequence[Decided], on: date) -> date | None:
    """From which day, `on` or later, a decision changes what somebody may do; None: others decide as much, or prevail.

    decisions  all that concern the same person, in the order in which they were made, this very one with them
    """
    right, begins, last = Right(decision.right), max(decision.from_on, on), decision.until_on or date.max
    others = [each for each in decisions if each is not decision]
    turns = {begins, *(each.from_on for each in others), *(day_after(each.until_on) for each in others if each.until_on)}
    for day in sorted(each for each in turns if begins <= each <= last):
        is_in_force = find_decided(right, decisions, day) is decision
        if is_in_force and _effect(decision) != _effect(find_decided(right, others, day)):
            return day
    return None


def _effect(decided: Decided | None) -> tuple[bool, str]:
    return (True, "") if decided is None else (decided.is_allowed, decided.networks if decided.is_allowed else "")


def find_refusal(decided: Decided | None, *, is_declared: bool) -> Reason | None:
    """Why the guard says no at this door, by the decision in force; None: it does not."""
    if decided is None:
        return None
    if not decided.is_allowed:
        return Reason.NOT_ENTITLED
    return Reason.NETWORK_NOT_ALLOWED if decided.networks == DECLARED and not is_declared else None
