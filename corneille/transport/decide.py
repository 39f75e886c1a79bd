"""What to do with a recipient after a try: pure, so that a table of cases proves it.

The schedule's reasons: most failures last minutes (a restart, a greylist), so the first tries are close
together; a server that has been away for hours gains nothing by being asked each minute; after four days
the writer has another way of reaching people, and must know (RFC 5321 §4.5.4.1).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from corneille.wire.smtp.reply import Reply


@dataclass(frozen=True, slots=True)
class Schedule:
    """Seconds between tries, the last repeated; when to warn the writer and when to give up, since the
    queueing."""

    retry_s: tuple[int, ...]
    warn_after_s: int
    give_up_after_s: int


@dataclass(frozen=True, slots=True)
class Tried:
    """One try for one recipient. `reply` None: nobody answered, `fault` says how; `attempt_count` counts
    this one."""

    reply: Reply | None
    fault: str
    attempt_count: int
    queued_at: datetime
    now: datetime
    is_warned: bool


class Why(Enum):
    """Why a message is given up."""

    REFUSED = "refused"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The next server has taken the responsibility."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again at `at`; tell the writer that it is late if `is_warning`."""

    at: datetime
    is_warning: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Tell the writer and stop."""

    why: Why


def decide(tried: Tried, schedule: Schedule) -> Delivered | Retry | GiveUp:
    """Delivered on 2xx, given up on 5xx or after the deadline, else tried again (RFC 5321 §4.2.1,
    §4.5.4.1)."""
    if tried.reply is not None and tried.reply.is_positive:
        return Delivered()
    if tried.reply is not None and tried.reply.is_permanent:
        return GiveUp(Why.REFUSED)
    age = tried.now - tried.queued_at
    if age < timedelta(0):  # the clock was set back since: what was waited between the tries is known all the same
        age = timedelta(seconds=sum(_wait_s(count, schedule) for count in range(1, tried.attempt_count)))
    left = timedelta(seconds=schedule.give_up_after_s) - age
    if left <= timedelta(0):
        return GiveUp(Why.TOO_LONG)
    wait = timedelta(seconds=_wait_s(tried.attempt_count, schedule))
    late = age >= timedelta(seconds=schedule.warn_after_s)
    return Retry(tried.now + min(wait, left), late and not tried.is_warned)


def _wait_s(attempt_count: int, schedule: Schedule) -> int:
    return schedule.retry_s[min(attempt_count, len(schedule.retry_s)) - 1]
