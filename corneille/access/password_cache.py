"""Right main passwords of mail programs, for a minute, so that a phone does not cost a hash at each poll.

Kept under an HMAC with the password's serial: any change of the password, in any process, makes the entry
worthless.
"""

import threading
from collections.abc import Callable

from corneille.kernel import clock, keys
from corneille.kernel.ids import AccountId

PURPOSE = "access/password-cache"
ENTRIES = 20_000


class PasswordCache:
    """Answers "was this right less than a minute ago?"; safe from any thread."""

    def __init__(self, monotonic_s: Callable[[], float] = clock.monotonic_s) -> None:
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._until_s: dict[bytes, float] = {}

    def has(self, account: AccountId, serial: int, secret: bytes) -> bool:
        key = _key(account, serial, secret)
        with self._lock:
            return self._until_s.get(key, 0.0) > self._monotonic_s()

    def add(self, account: AccountId, serial: int, secret: bytes, kept_s: float) -> None:
        key, now_s = _key(account, serial, secret), self._monotonic_s()
        with self._lock:
            if len(self._until_s) >= ENTRIES:
                self._until_s = {each: until for each, until in self._until_s.items() if until > now_s}
            if len(self._until_s) < ENTRIES:
                self._until_s[key] = now_s + kept_s


def _key(account: AccountId, serial: int, secret: bytes) -> bytes:
    return keys.current().mac(PURPOSE, str(account).encode(), str(serial).encode(), secret)


cache = PasswordCache()
"""This process's."""
