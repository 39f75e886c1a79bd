"""Who is on a list at an instant, and whether somebody may write to it: pure, so that a table of cases proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corneille.kernel.ids import AccountId
from corneille.people.post import Post


class Keeper(StrEnum):
    """Who may change a list, besides the operator."""

    HEAD = "head"  # of its establishment
    COMPUTED = "computed"  # nobody by hand: it follows the directory


class Writers(StrEnum):
    """Who may write to a list, besides its owners."""

    MEMBERS = "members"
    ESTABLISHMENT = "establishment"
    ACADEMIE = "academie"
    OWNERS = "owners"
    WORLD = "world"  # the outside too; only the operator opens a list so


class Origin(StrEnum):
    """How somebody came on a list."""

    RULE = "rule"
    HAND = "hand"
    INNER = "inner"  # from a list that is on this one


class Reason(StrEnum):
    """Why somebody may write, or may not."""

    OWNS = "owns"
    IS_MEMBER = "is-member"
    WORKS_THERE = "works-there"
    IS_OURS = "is-ours"
    OPEN = "open"
    NOT_BEGUN = "not-begun"
    OVER = "over"
    OUTSIDE = "outside"
    NOT_MEMBER = "not-member"
    NOT_THERE = "not-there"
    NOT_OWNER = "not-owner"
    NOBODY = "nobody"  # is on it


_MAY = frozenset({Reason.OWNS, Reason.IS_MEMBER, Reason.WORKS_THERE, Reason.IS_OURS, Reason.OPEN})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is on a list by assignment: all that is said must hold; nothing said is nobody, never everybody."""

    uai: str = ""
    department: str = ""
    function: str = ""
    subject: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.uai or self.department or self.function or self.subject)


@dataclass(frozen=True, slots=True)
class Former:
    """A rule that a list had before `until_at`."""

    rule: Rule
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Term:
    """The first day of a list and its last, included; None: no end is known."""

    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A person written on a list by hand, or taken out; before `until_at`."""

    account: AccountId
    is_out: bool
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one list.

    posts  assignments: those that the rule does not ask for change nothing
    inner  the lists that are on it
    """

    term: Term
    rule: Rule
    posts: Sequence[Post] = ()
    written: Sequence[Written] = ()
    inner: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who would write; all False: somebody from outside."""

    is_ours: bool = False
    is_member: bool = False
    works_there: bool = False
    owns: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether somebody may write, and why."""

    reason: Reason

    @property
    def may(self) -> bool:
        return self.reason in _MAY


def decide_members(start: int, lists: Mapping[int, Facts], at: datetime) -> dict[AccountId, Origin]:
    """Who is on a list at an instant, and how they came there. Who is taken out is out, whatever else is said.

    lists  it and those on it, as `choose_lists` finds them; each is read once, so that a loop ends
    at     aware, in the académie's zone, whose day assignments are counted in
    """
    return _decide_members(start, lists, at, set())


def decide_writer(writers: Writers, term: Term, asker: Asker, on: date) -> Decision:
    """Whether somebody may write to a list on a day."""
    if not asker.is_ours:  # a stranger learns no more of a list than this
        is_open = writers is Writers.WORLD and is_in_force(term, on)
        return Decision(Reason.OPEN if is_open else Reason.OUTSIDE)
    if not is_in_force(term, on):
        return Decision(Reason.NOT_BEGUN if on < term.from_on else Reason.OVER)
    if asker.owns:
        return Decision(Reason.OWNS)
    match writers:
        case Writers.MEMBERS:
            return Decision(Reason.IS_MEMBER if asker.is_member else Reason.NOT_MEMBER)
        case Writers.ESTABLISHMENT:
            return Decision(Reason.WORKS_THERE if asker.works_there else Reason.NOT_THERE)
        case Writers.OWNERS:
            return Decision(Reason.NOT_OWNER)
        case Writers.ACADEMIE | Writers.WORLD:
            return Decision(Reason.IS_OURS)


def choose_rule(rule: Rule, former: Sequence[Former], at: datetime) -> Rule:
    """The rule that a list had at an instant: of those that ended later, the one that ended first; else the present one."""
    later = [each for each in former if at < each.until_at]
    return min(later, key=lambda each: each.until_at).rule if later else rule


def choose_lists(start: int, inner: Mapping[int, Sequence[int]]) -> list[int]:
    """A list, those on it, and those on these, each once: a list may hold itself, by whatever way."""
    found = {start: None}
    waiting = [start]
    while waiting:
        new = [each for each in inner.get(waiting.pop(), ()) if each not in found]
        found |= dict.fromkeys(new)
        waiting += dict.fromkeys(new)
    return list(found)


def is_in_force(term: Term, on: date) -> bool:
    """Whether the list stands on that day."""
    return term.from_on <= on and (term.until_on is None or on <= term.until_on)


def _decide_members(number: int, lists: Mapping[int, Facts], at: datetime, read: set[int]) -> dict[AccountId, Origin]:
    read.add(number)
    facts = lists[number]
    if not is_in_force(facts.term, at.date()):
        return {}
    standing = [each for each in facts.written if each.from_at <= at and (each.until_at is None or at < each.until_at)]
    members = {each.account: Origin.RULE for each in facts.posts if _is_asked_for(facts.rule, each, at.date())}
    members = {each.account: Origin.HAND for each in standing if not each.is_out} | members
    for inner in facts.inner:
        if inner not in read:
            members = dict.fromkeys(_decide_members(inner, lists, at, read), Origin.INNER) | members
    out = {each.account for each in standing if each.is_out}
    return {account: origin for account, origin in members.items() if account not in out}


def _is_asked_for(rule: Rule, post: Post, on: date) -> bool:
    if rule.is_empty or not (post.from_on <= on and (post.until_on is None or on <= post.until_on)):
        return False
    return (
        rule.uai in {"", post.uai}
        and rule.department in {"", post.department}
        and rule.function.casefold() in {"", post.function.casefold()}
        and rule.subject.casefold() in {"", post.subject.casefold()}
    )
