"""Runs of numbers: a mailbox of ten messages may have lost a million UIDs, which two ends name."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Runs = tuple[range, ...]
"""Ascending, none empty, none touching the next."""


def find_runs(numbers: Iterable[int]) -> Runs:
    """The runs of ascending numbers."""
    runs: list[range] = []
    for number in numbers:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return tuple(runs)


def subtract(runs: Iterable[range], numbers: Sequence[int]) -> Runs:
    """What is left of the runs without these ascending numbers."""
    left: list[range] = []
    for run in runs:
        start = run.start
        for number in numbers[bisect_left(numbers, run.start) : bisect_left(numbers, run.stop)]:
            if number > start:
                left.append(range(start, number))
            start = number + 1
        if start < run.stop:
            left.append(range(start, run.stop))
    return tuple(left)


def intersect(runs: Sequence[range], bounds: Iterable[tuple[int, int]]) -> Runs:
    """What of the runs lies within ascending bounds, each with both its ends."""
    found: list[range] = []
    starts, stops = [run.start for run in runs], [run.stop for run in runs]
    for low, high in bounds:
        for run in runs[bisect_left(stops, low + 1) : bisect_left(starts, high + 1)]:
            found.append(range(max(run.start, low), min(run.stop, high + 1)))
    return tuple(found)
