"""Sequence sets (RFC 9051 §9): `1,3:5,7:*`, and `$` for the last SEARCH result (SEARCHRES)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corneille.wire.imap.syntax import SyntaxRefused

_NUMBER = rb"(?:[1-9][0-9]{0,9}|\*)"
_RANGE = _NUMBER + rb"(?::" + _NUMBER + rb")?"
SET = re.compile(_RANGE + rb"(?:," + _RANGE + rb")*")
LAST = 0
"""Stands for `*`."""
MAX_NUMBER = 2**32 - 1


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """Ranges as written, either order, LAST for `*`; or the saved result."""

    ranges: tuple[tuple[int, int], ...]
    is_saved: bool = False

    def resolve(self, last: int) -> list[tuple[int, int]]:
        """Ascending ranges that neither touch nor overlap, with `last` for `*`."""
        ordered = sorted((min(low or last, high or last), max(low or last, high or last)) for low, high in self.ranges)
        merged: list[tuple[int, int]] = []
        for low, high in ordered:
            if merged and low <= merged[-1][1] + 1:
                if high > merged[-1][1]:
                    merged[-1] = (merged[-1][0], high)
            else:
                merged.append((low, high))
        return merged

    def cut(self, numbers: Sequence[int], last: int) -> list[int]:
        """Those of these ascending numbers that it names; `last` for `*`."""
        return [
            number for low, high in self.resolve(last)
            for number in numbers[bisect_left(numbers, low) : bisect_right(numbers, high)]
        ]  # fmt: skip

    @property
    def highest(self) -> int:
        """The greatest number named, `*` apart."""
        return max((number for each in self.ranges for number in each), default=0)


SAVED = SequenceSet((), is_saved=True)


def parse_set(raw: bytes) -> SequenceSet:
    """Reads what SET matched. Raises SyntaxRefused for a number over 32 bits."""
    ranges = []
    for part in raw.split(b","):
        low, _, high = part.partition(b":")
        first = LAST if low == b"*" else int(low)
        second = first if not high else LAST if high == b"*" else int(high)
        if first > MAX_NUMBER or second > MAX_NUMBER:
            raise SyntaxRefused("numbers have 32 bits")
        ranges.append((first, second))
    return SequenceSet(tuple(ranges))


def format_set(numbers: Iterable[int]) -> bytes:
    """Writes numbers in their order, runs of consecutive ones as ranges; empty for none."""
    return b"".join(iterate_set(numbers))


def iterate_set(numbers: Iterable[int]) -> Iterator[bytes]:
    """The same piece by piece, one for each number at most empty, so that a long one may be written in slices."""
    start = end = -1
    before = b""
    for number in numbers:
        if number == end + 1:
            end = number
            yield b""
            continue
        if start >= 0:
            yield _format_run(before, start, end)
            before = b","
        start = end = number
    if start >= 0:
        yield _format_run(before, start, end)


def _format_run(before: bytes, start: int, end: int) -> bytes:
    return b"%b%d" % (before, start) if start == end else b"%b%d:%d" % (before, start, end)
