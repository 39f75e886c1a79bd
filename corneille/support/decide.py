"""The states of a request and what leads from one to the next; how long a request waits. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median


class State(StrEnum):
    """Where a request is."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"  # for the person
    SOLVED = "solved"
    CLOSED = "closed"


class Act(StrEnum):
    """What leads on: the first line is the agent's, the second the person's, the third time's."""

    TAKE, ANSWER, ASK, SOLVE, ESCALATE = "take", "answer", "ask", "solve", "escalate"
    REPLY, WITHDRAW, RATE, REOPEN = "reply", "withdraw", "rate", "reopen"
    EXPIRE = "expire"


OPEN = frozenset({State.NEW, State.TAKEN, State.WAITING})
"""Where somebody still has to do something."""
REOPEN_WITHIN = timedelta(days=7)
CLOSE_SOLVED_AFTER = REOPEN_WITHIN
CLOSE_WAITING_AFTER = timedelta(days=30)
"""A question that the person leaves so long ends the request; they can open it again for a week more."""
ENOUGH = 3
"""Fewer answers than these say nothing about what is usual."""

_ALWAYS: dict[Act, State] = {
    Act.TAKE: State.TAKEN,
    Act.ANSWER: State.TAKEN,
    Act.ASK: State.WAITING,
    Act.SOLVE: State.SOLVED,
    Act.ESCALATE: State.NEW,
    Act.WITHDRAW: State.CLOSED,
}
MOVES: dict[tuple[Act, State], State] = {
    **{(act, before): after for act, after in _ALWAYS.items() for before in OPEN},
    (Act.REPLY, State.NEW): State.NEW,
    (Act.REPLY, State.TAKEN): State.TAKEN,
    (Act.REPLY, State.WAITING): State.TAKEN,
    (Act.RATE, State.SOLVED): State.CLOSED,
    (Act.RATE, State.CLOSED): State.CLOSED,
    (Act.REOPEN, State.SOLVED): State.TAKEN,
    (Act.REOPEN, State.CLOSED): State.TAKEN,
    (Act.EXPIRE, State.WAITING): State.CLOSED,
    (Act.EXPIRE, State.SOLVED): State.CLOSED,
}


def move(act: Act, before: State, *, is_taken: bool, over_at: datetime | None, now: datetime) -> State | None:
    """The state after an act; None: the act does not fit.

    is_taken  somebody looks after it; without them it is new again rather than taken
    over_at   when it was solved or closed, where it is
    """
    after = MOVES.get((act, before))
    if act is Act.REOPEN and (over_at is None or now > over_at + REOPEN_WITHIN):
        return None
    if after is State.TAKEN and act in {Act.REPLY, Act.REOPEN} and not is_taken:
        return State.NEW
    return after


def is_owed(act: Act, *, is_owed_now: bool) -> bool:
    """Whether support owes the person an answer after an act; who hands a request on leaves the answer to the next level."""
    if act in {Act.REPLY, Act.REOPEN, Act.ESCALATE}:
        return True
    return act is Act.TAKE and is_owed_now


def is_expired(state: State, since: datetime, now: datetime) -> bool:
    """Whether a request ends by itself: solved and not opened again, or waiting for a person who says nothing."""
    lasts = {State.SOLVED: CLOSE_SOLVED_AFTER, State.WAITING: CLOSE_WAITING_AFTER}.get(state)
    return lasts is not None and now >= since + lasts


def find_usual(delays: Sequence[timedelta]) -> timedelta | None:
    """What « en général » means: half were answered within it; None: too few to say."""
    if len(delays) < ENOUGH:
        return None
    return timedelta(seconds=median(each.total_seconds() for each in delays))
