"""Argon2id within the hash budget: the only place where a main password is hashed or checked."""

import threading

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from corneille.access.hash_budget import HashBudget, Rank
from corneille.access.settings import Access
from corneille.kernel.settings import of


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
        }
        self.budget = HashBudget(settings.hash_slots_count, waits, strangers_waiting=settings.strangers_waiting_count)
        self._dummy = self._argon2.hash(b"nobody's password")

    def hash(self, secret: bytes) -> str:
        """The Argon2id text of a new password. The caller has proved who they are: first in the queue."""
        with self.budget.slot(Rank.KNOWN_DEVICE):
            return self._argon2.hash(secret)

    def is_right(self, argon2: str | None, secret: bytes, rank: Rank) -> bool:
        """Checks a secret; without a hash (nobody's) it does the same work and says no. Raises Busy."""
        with self.budget.slot(rank):
            return self._verify(argon2 or self._dummy, secret) and argon2 is not None

    def is_outdated(self, argon2: str) -> bool:
        """Tells whether the settings ask for another cost than this hash has."""
        return self._argon2.check_needs_rehash(argon2)

    def _verify(self, argon2: str, secret: bytes) -> bool:
        self.checked_count += 1
        try:
            return self._argon2.verify(argon2, secret)
        except (VerificationError, InvalidHashError):
            return False


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
