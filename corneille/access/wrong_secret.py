"""Which wrong secrets count, against whom and from where; and which are under check at this instant.

A secret is remembered as a truncated HMAC for 24 h at most: 40 bits tell two typed secrets apart, and tell
somebody who has stolen both database and keys little about what was typed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corneille.access.network import format_network
from corneille.kernel import keys
from corneille.kernel.ids import AccountId

PURPOSE = "access/wrong-secret"
DIGEST_BYTES = 5
TOTP = "totp"


@dataclass(frozen=True, slots=True)
class Pair:
    """What is counted and slowed as one: an account, or what was typed, at one place."""

    subject: str
    source: str


def name_subject(account: AccountId | None, typed: str) -> str:
    """An unknown identifier is counted like a known one, under a hash: people type passwords there."""
    return f"a{account}" if account is not None else f"u{hash_unknown(typed)}"


def name_code_subject(account: AccountId | None, typed: str) -> str:
    """Codes in the place of a password are counted apart: who has forgotten it has just typed a few."""
    return f"c{name_subject(account, typed)}"


def name_second(account: AccountId, kind: str) -> str:
    """Wrong second proofs are counted apart, six digits and long codes: nothing that is proved elsewhere clears them, and
    they clear nothing."""
    return f"f{account}" if kind == TOTP else f"fc{account}"


def name_seconds(account: AccountId) -> tuple[str, ...]:
    """Of every kind."""
    return name_second(account, TOTP), name_second(account, "")


def hash_unknown(typed: str) -> str:
    return keys.current().mac(PURPOSE, b"identifier", typed.strip().casefold().encode()).hex()[:32]


def name_source(network_address: str, device: int | None) -> str:
    """A known device is its own place: strangers' tries on its network are not held against it."""
    return f"n{format_network(network_address)}" if device is None else f"d{device}"


def digest_secret(subject: str, secret: bytes) -> bytes:
    return keys.current().mac(PURPOSE, b"secret", subject.encode(), secret)[:DIGEST_BYTES]


class UnderCheck:
    """Secrets being hashed now, so that a hundred tries at one instant do not all pass before one counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[Pair, dict[bytes, int]] = {}

    @contextmanager
    def hold(self, pair: Pair, digest: bytes) -> Iterator[frozenset[bytes]]:
        """Says that this secret is under check, and gives the other ones that were before it.

        Held until what it proved is on disk. Who reads the counted secrets while holding therefore misses none:
        each is among the counted or among those given here. The same secret many times at once (a mail program
        opening its connections) is one.
        """
        with self._lock:
            held = self._held.setdefault(pair, {})
            before = frozenset(held) - {digest}
            held[digest] = held.get(digest, 0) + 1
        try:
            yield before
        finally:
            with self._lock:
                held[digest] -= 1
                if not held[digest]:
                    del held[digest]
                if not held:
                    self._held.pop(pair, None)


under_check = UnderCheck()
"""This process's."""
