"""Time, read in one place, so that tests and simulations bring their own."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time: `now` for what people see, `monotonic_s` for durations."""

    def now(self) -> datetime: ...

    def monotonic_s(self) -> float: ...


class SystemClock:
    """The machine's own clock, in aware UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        return time.monotonic()


_clock: Clock = SystemClock()


def install(clock: Clock) -> None:
    """Makes `clock` the one this process reads; only the room `run` and tests call it."""
    global _clock  # noqa: PLW0603  # one clock per process is the point
    _clock = clock


def now() -> datetime:
    """The time, aware UTC."""
    return _clock.now()


def monotonic_s() -> float:
    """Seconds that never go back; only differences mean something."""
    return _clock.monotonic_s()
