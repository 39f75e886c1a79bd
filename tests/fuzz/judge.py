"""What is wrong with how a target takes an input: it raises, never ends, takes more than linear time, or much memory.

Time is the processor's, not the clock's, so that a busy machine is no finding.
"""

import gc
import signal
import traceback
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time

from tests.fuzz.target import Target

END_S = 20.0
"""Processor seconds after which an input is said never to end."""
WORTH_S = 0.2
"""Below it nobody is harmed, and the growth of so short a time is noise."""
WORST_GROWTH = 9.0
"""Of time when an input becomes four times as long: linear is 4, sorting 4.5, quadratic 16."""
ROOM_BYTES, WORST_MEMORY = 8 * 1024 * 1024, 250
"""Memory beyond this room, in octets for one of the input: a list of the smallest things costs about 200."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: raises, endless, superlinear or memory; `where` tells two of the same cause from two causes."""

    target: str
    kind: str
    where: str
    told: str
    content: bytes


class _EndlessError(BaseException):
    """Its processor time is spent; no `except Exception` in between may swallow it."""


def judge(target: Target, content: bytes) -> Finding | None:
    """Runs one input."""
    try:
        with _limit():
            target.take(content)
    except _EndlessError as error:
        return _find(target, "endless", error, content)
    except Exception as error:  # noqa: BLE001  # whatever it is: that is the finding
        return _find(target, "raises", error, content)
    return None


def judge_growth(target: Target, head: bytes, unit: bytes, tail: bytes) -> Finding | None:
    """Repeats `unit` until the input is as long as the target takes, and compares with a quarter of it."""

    def make(size_bytes: int) -> bytes:
        count = max((size_bytes - len(head) - len(tail)) // max(len(unit), 1), 1)
        return head + unit * count + tail

    short, long = make(target.longest_bytes // 4), make(target.longest_bytes)
    gc.collect()
    gc.disable()  # it walks all that the process keeps, more often for a long input
    try:
        return _compare(target, short, long)
    finally:
        gc.enable()


def _compare(target: Target, short: bytes, long: bytes) -> Finding | None:
    growth = long_s = 0.0
    for _ in range(3):  # a finding is one that shows three times
        begun_s = process_time()
        if (finding := judge(target, long)) is not None:
            return finding
        long_s = process_time() - begun_s
        if long_s < WORTH_S:
            return None
        begun_s = process_time()
        target.take(short)
        growth = long_s / max(process_time() - begun_s, 1e-9)
        if growth < WORST_GROWTH * len(long) / (4 * len(short)):
            return None
    unit = long[len(long) // 2 :][:20]
    told = f"{growth:.1f} times the time for {len(long)} octets as for {len(short)}: {long_s:.2f} s"
    return Finding(target.name, "superlinear", repr(unit), told, long)


def judge_memory(target: Target, content: bytes) -> Finding | None:
    """How much is allocated at once while the input is taken."""
    tracemalloc.start()
    try:
        if (finding := judge(target, content)) is not None:
            return finding
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if peak_bytes <= ROOM_BYTES + WORST_MEMORY * len(content):
        return None
    return Finding(target.name, "memory", "", f"{peak_bytes} octets for an input of {len(content)}", content)


def _find(target: Target, kind: str, error: BaseException, content: bytes) -> Finding:
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "fuzz" not in each.filename]
    ours = [each for each in frames if "/corneille/" in each.filename] or frames
    where = f"{type(error).__name__} at {ours[-1].filename.rpartition('/corneille/')[2]}:{ours[-1].lineno}" if ours else ""
    return Finding(target.name, kind, where, "".join(traceback.format_exception(error)), content)


@contextmanager
def _limit() -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise _EndlessError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, END_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
