"""Argon2id within the hash budget: the only place where a main password is hashed or checked."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from corneille.access.hash_budget import HashBudget, Rank
from corneille.access.settings import Access
from corneille.kernel.settings import of
from corneille.kernel.turn import wait_aside

STRANGERS_NICER = 10
"""How much lower the priority is at which strangers' passwords are checked (nice(2)): a tenth of the processor where
others want it, all of it where nobody does."""


class Hasher:
    """Hashes and checks, never more at one instant than the budget allows."""

    def __init__(self, settings: Access) -> None:
        self.settings = settings
        self.checked_count = 0
        self._argon2 = PasswordHasher(
            time_cost=settings.argon2_passes_count,
            memory_cost=settings.argon2_memory_kib,
            parallelism=1,
            hash_len=32,
            salt_len=16,
            type=Type.ID,
        )
        waits = {
            Rank.KNOWN_DEVICE: settings.known_wait_s,
            Rank.DECLARED_NETWORK: settings.known_wait_s,
            Rank.STRANGER: settings.stranger_wait_s,
            Rank.AFTERWARDS: settings.stranger_wait_s,
        }
        self.budget = HashBudget(settings.hash_slots_count, waits, strangers_waiting=settings.strangers_waiting_count)
        self._yielding = ThreadPoolExecutor(
            self.budget.stranger_slots, thread_name_prefix="strangers", initializer=_yield_to_others
        )
        self._dummy = self._argon2.hash(b"nobody's password")

    def hash(self, secret: bytes) -> str:
        """The Argon2id text of a new password. The caller has proved who they are: first in the queue."""
        with wait_aside(), self.budget.slot(Rank.KNOWN_DEVICE):
            return self._argon2.hash(secret)

    def is_right(self, argon2: str | None, secret: bytes, rank: Rank) -> bool:
        """Checks a secret; without a hash (nobody's) it does the same work and says no. Raises Busy."""
        with wait_aside(), self.budget.slot(rank):
            expected = argon2 or self._dummy
            if rank >= Rank.STRANGER:
                return self._yielding.submit(self._verify, expected, secret).result() and argon2 is not None
            return self._verify(expected, secret) and argon2 is not None

    def is_outdated(self, argon2: str) -> bool:
        """Tells whether the settings ask for another cost than this hash has."""
        return self._argon2.check_needs_rehash(argon2)

    def _verify(self, argon2: str, secret: bytes) -> bool:
        self.checked_count += 1
        try:
            return self._argon2.verify(argon2, secret)
        except (VerificationError, InvalidHashError):
            return False


def _yield_to_others() -> None:
    """Lowers this thread's priority (Linux has one for each thread): a check frees the interpreter, so nobody who reads
    mail waits for a stranger's."""
    thread = threading.get_native_id()
    os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + STRANGERS_NICER)


_hasher: Hasher | None = None
_lock = threading.Lock()


def current() -> Hasher:
    """This process's hasher, made again when the settings have changed."""
    global _hasher  # noqa: PLW0603  # one budget per process is the point
    settings = of(Access)
    with _lock:
        if _hasher is None or _hasher.settings != settings:
            _hasher = Hasher(settings)
        return _hasher
