"""Turns of threads that compute: the interpreter serves one at a time, and whoever asks for it makes the mail loop wait.

A pool has many threads, since they wait for much else (a slow sender, a password's check). Few of them hold a turn at one
instant, and who waits gives it back meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """So many threads compute at one instant."""

    def __init__(self, count: int) -> None:
        self._free = threading.Semaphore(count)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Holds a turn while the block runs."""
        with self._free:
            _mine.turn = self._free
            try:
                yield
            finally:
                _mine.turn = None


@contextmanager
def wait_aside() -> Iterator[None]:
    """Gives this thread's turn, where it holds one, to others while the block waits for something else."""
    turn: threading.Semaphore | None = getattr(_mine, "turn", None)
    if turn is None:
        yield
        return
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


_mine = threading.local()
