"""Whether somebody sends to so many that it is not them: recipients in windows, fewer at night and at week-ends. Pure.

The figures are those that one académie publishes (500 recipients in a minute, 800 in ten, 2,000 in an hour, 5,000 in ten
hours; a quarter of that between 20:00 and 7:00, half by day at week-ends): a class, a school, a whole basin fit in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NIGHT_FROM, NIGHT_TO = 20, 7
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many recipients in this window."""

    window: timedelta
    recipients_count: int


@dataclass(frozen=True, slots=True)
class Burst:
    """What went beyond which limit."""

    count: int
    limit_count: int
    window: timedelta


LIMITS = (
    Limit(timedelta(minutes=1), 500),
    Limit(timedelta(minutes=10), 800),
    Limit(timedelta(hours=1), 2_000),
    Limit(timedelta(hours=10), 5_000),
)


def choose_divisor(local: datetime, night: int = 4, week_end: int = 2) -> int:
    """By how much the limits are divided at this hour of the académie's own time."""
    if local.hour >= NIGHT_FROM or local.hour < NIGHT_TO:
        return night
    return week_end if local.weekday() >= SATURDAY else 1


def find_burst(
    sent: Sequence[tuple[datetime, int]], adding: int, now: datetime, local: datetime, limits: Sequence[Limit] = LIMITS
) -> Burst | None:
    """The first limit that this message, with what was sent before it, goes beyond; None: it is nothing unusual.

    sent    (when, to how many), in any order
    adding  recipients of the message that is about to be sent
    """
    divisor = choose_divisor(local)
    for limit in limits:
        count = adding + sum(number for at, number in sent if at > now - limit.window)
        if count > limit.recipients_count // divisor:
            return Burst(count, limit.recipients_count // divisor, limit.window)
    return None
