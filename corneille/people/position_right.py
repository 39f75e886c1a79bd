"""Who may do what with the mail of a position, on a day: follows from assignments alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corneille.people.post import Post


class PositionRight(StrEnum):
    """What a function gives; writing without reading would be of no use, so `choose_rights` adds it."""

    READ = "read"
    WRITE = "write"  # file, mark, move, delete
    SEND_AS = "send-as"  # under the position's address alone
    ON_BEHALF = "on-behalf"  # under the position's address, and the writer's own stands beside it


@dataclass(frozen=True, slots=True)
class Term:
    """The first day and the last, included; None: no end is known."""

    from_on: date
    until_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day lies within."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class PositionRule:
    """Who has this function at the position's establishment has these rights, within the term."""

    function: str
    rights: frozenset[PositionRight]
    term: Term


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """What is known of a position: where it is, how long it stands, what it gives to whom."""

    uai: str
    term: Term
    rules: Sequence[PositionRule]


@dataclass(frozen=True, slots=True)
class Because:
    """Why somebody has rights: the function that they have there, and the last day of all that this rests on."""

    function: str
    rights: frozenset[PositionRight]
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody may do; without a reason, nothing: such a position is not there for them."""

    because: tuple[Because, ...] = ()

    @property
    def rights(self) -> frozenset[PositionRight]:
        return frozenset().union(*(each.rights for each in self.because))

    def may(self, right: PositionRight) -> bool:
        """Whether this is among the rights."""
        return right in self.rights


def decide(facts: PositionFacts, posts: Sequence[Post], on: date) -> Decision:
    """What the assignments `posts` of one person give on a day; those of other places and days change nothing."""
    if not facts.term.holds(on):
        return Decision()
    found: list[Because] = []
    for post in posts:
        if post.uai != facts.uai or not Term(post.from_on, post.until_on).holds(on):
            continue
        for rule in facts.rules:
            if rule.function.casefold() == post.function.casefold() and rule.term.holds(on):
                ends = (facts.term.until_on, rule.term.until_on, post.until_on)
                found.append(Because(post.function, rule.rights, min((each for each in ends if each), default=None)))
    return Decision(tuple(found))


def choose_rights(asked: Sequence[PositionRight]) -> frozenset[PositionRight]:
    """The rights that are given when these are asked for."""
    implied = {PositionRight.READ} if PositionRight.WRITE in asked else set()
    return frozenset({*asked, *implied})
