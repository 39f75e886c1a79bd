"""Work that is done in slices: it gives the loop its turn when it has had it long enough, and its result at its end."""

from collections.abc import Generator, Iterator
from typing import TypeAlias, TypeVar

from corneille.kernel import clock

Result = TypeVar("Result")

Work: TypeAlias = Generator[None, None, Result]
"""Runs inline on a loop, and yields between two slices: never after the last, whose result waits for nobody."""

SLICE_S = 0.004
"""A text that is not indexed yet takes half a millisecond to read: the loop has its turn by time, not by count."""


class Slice:
    """The slice that work is at."""

    __slots__ = ("_until_s",)

    def __init__(self) -> None:
        self._until_s = clock.monotonic_s() + SLICE_S

    def pause(self) -> Iterator[None]:
        """To be yielded from where more follows: once when the slice has lasted long enough, and another begins."""
        if clock.monotonic_s() >= self._until_s:
            yield
            self._until_s = clock.monotonic_s() + SLICE_S


def finish(work: Work[Result]) -> Result:
    """All of it at once, for who has a thread of their own."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
