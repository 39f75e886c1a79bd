"""Sequence sets (RFC 9051 §9): `1,3:5,7:*`, and `$` for the last SEARCH result (SEARCHRES)."""

import re
from collections.abc import Iterable
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
    return b",".join(b"%d" % run.start if len(run) == 1 else b"%d:%d" % (run.start, run.stop - 1) for run in runs)


def format_set(numbers: Iterable[int]) -> bytes:
    """Writes numbers in their order, runs of consecutive ones as ranges; empty for none."""
    parts: list[str] = []
    start = end = -1
    for number in numbers:
        if number == end + 1:
            end = number
            continue
        if start >= 0:
            parts.append(f"{start}" if start == end else f"{start}:{end}")
        start = end = number
    if start >= 0:
        parts.append(f"{start}" if start == end else f"{start}:{end}")
    return ",".join(parts).encode()
