"""Sequence sets (RFC 9051 §9): `1,3:5,7:*`, and `$` for the last SEARCH result (SEARCHRES)."""

import re
from collections.abc import Iterable, Iterator
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


def format_runs(runs: Iterable[range]) -> bytes:
    """Writes runs of numbers as ranges; empty for none."""
    return b",".join(_format_run(run.start, run.stop - 1) for run in runs)


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
            yield before + _format_run(start, end)
            before = b","
        start = end = number
    if start >= 0:
        yield before + _format_run(start, end)


def _format_run(start: int, end: int) -> bytes:
    return b"%d" % start if start == end else b"%d:%d" % (start, end)
