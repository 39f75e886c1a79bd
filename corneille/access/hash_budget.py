"""The hash budget: how many passwords are checked at one instant, and who goes first.

An Argon2 check costs a core for 18 ms and 19 MiB, so that a flood of tries would stop the machine. Slots are
given to known devices first, then to declared networks, then to strangers, who hold at most half of them, and last to
what is compared once the answer has left. Who would wait too long is answered `Busy` at once, and not counted.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from corneille.kernel import clock
from corneille.kernel.refusal import Busy

FIRST_GUESS_S = 0.02
WEIGHT = 0.1
"""How much one check's duration moves the mean by which waiting is foretold."""


class Rank(IntEnum):
    """Who asks; the smallest goes first."""

    KNOWN_DEVICE = 0
    DECLARED_NETWORK = 1
    STRANGER = 2
    AFTERWARDS = 3
    """Nobody: a wrong secret compared after its answer (`recognise`), with strangers' slots while none of them waits. In
    an attack this is what is left out first."""


class HashBudget:
    """A number of slots and three queues before them. Safe from any thread; holds the caller's own thread."""

    def __init__(
        self,
        slots: int,
        wait_s: dict[Rank, float],
        monotonic_s: Callable[[], float] = clock.monotonic_s,
        *,
        strangers_waiting: int = 24,
    ) -> None:
        self._slots = slots
        self._strangers_waiting = strangers_waiting
        self.stranger_slots = max(1, slots // 2)
        self._wait_s = wait_s
        self._monotonic_s = monotonic_s
        self._free = threading.Condition()
        self._busy_by_rank = dict.fromkeys(Rank, 0)
        self._queues: dict[Rank, list[object]] = {rank: [] for rank in Rank}
        self._mean_s = dict.fromkeys(Rank, FIRST_GUESS_S)  # of each: strangers' checks yield to others and last longer

    @contextmanager
    def slot(self, rank: Rank) -> Iterator[None]:
        """Holds a slot while the block hashes. Raises Busy when the wait is, or would be, too long."""
        self._enter(rank)
        started = self._monotonic_s()
        try:
            yield
        finally:
            self._leave(rank, self._monotonic_s() - started)

    def is_full(self, rank: Rank) -> bool:
        """Whether who came now would be refused: asked before anything is read, when a flood comes."""
        with self._free:
            return self._is_full(rank)

    def _is_full(self, rank: Rank) -> bool:
        """Too long a wait; or too many strangers waiting, each of whom holds a thread that others need."""
        if rank is Rank.STRANGER and len(self._queues[rank]) >= self._strangers_waiting:
            return True
        return self._foretell_s(rank) > self._wait_s[rank]

    def count_waiting(self, rank: Rank) -> int:
        """How many wait in one queue now (metrics and tests)."""
        with self._free:
            return len(self._queues[rank])

    def _enter(self, rank: Rank) -> None:
        ticket = object()
        deadline = self._monotonic_s() + self._wait_s[rank]
        with self._free:
            if self._is_full(rank):
                raise Busy(rank=rank.name.lower())
            self._queues[rank].append(ticket)
            try:
                while not self._is_next(rank, ticket):
                    left_s = deadline - self._monotonic_s()
                    if left_s <= 0:
                        raise Busy(rank=rank.name.lower())
                    self._free.wait(left_s)
                self._busy_by_rank[rank] += 1
            finally:
                self._queues[rank].remove(ticket)
                self._free.notify_all()

    def _leave(self, rank: Rank, took_s: float) -> None:
        with self._free:
            self._busy_by_rank[rank] -= 1
            self._mean_s[rank] += WEIGHT * (took_s - self._mean_s[rank])
            self._free.notify_all()

    def _is_next(self, rank: Rank, ticket: object) -> bool:
        if sum(self._busy_by_rank.values()) >= self._slots:
            return False
        of_strangers = self._busy_by_rank[Rank.STRANGER] + self._busy_by_rank[Rank.AFTERWARDS]
        if rank >= Rank.STRANGER and of_strangers >= self.stranger_slots:
            return False
        return self._queues[rank][0] is ticket and not any(self._queues[first] for first in Rank if first < rank)

    def _foretell_s(self, rank: Rank) -> float:
        ahead_s = sum(len(self._queues[first]) * self._mean_s[first] for first in Rank if first <= rank)
        share = self.stranger_slots if rank >= Rank.STRANGER else self._slots
        return ahead_s / share
