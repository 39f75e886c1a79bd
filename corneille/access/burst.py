"""Whether somebody sends to so many that it is not them: recipients in windows, fewer at night and at week-ends. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: limits by day, divided at night (hours of the académie's own time) and at week-ends."""

    limits: tuple[Limit, ...]
    night_from_hour: int
    night_to_hour: int
    night_divisor: int
    week_end_divisor: int


def choose_divisor(local: datetime, usual: Usual) -> int:
    """By how much the limits are divided at this hour of the académie's own time."""
    if local.hour >= usual.night_from_hour or local.hour < usual.night_to_hour:
        return usual.night_divisor
    return usual.week_end_divisor if local.weekday() >= SATURDAY else 1


def find_burst(
    sent: Sequence[tuple[datetime, int]], adding: int, now: datetime, local: datetime, usual: Usual
) -> Burst | None:
    """The first limit that this message, with what was sent before it, goes beyond; None: it is nothing unusual.

    sent    (when, to how many), in any order
    adding  recipients of the message that is about to be sent
    """
    divisor = choose_divisor(local, usual)
    for limit in usual.limits:
        count = adding + sum(number for at, number in sent if at > now - limit.window)
        if count > limit.recipients_count // divisor:
            return Burst(count, limit.recipients_count // divisor, limit.window)
    return None
