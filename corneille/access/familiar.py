"""From which networks this process has seen people sign in lately, and from which it has seen refusals alone.

Nothing here decides about a try. It says who is let in first where more come than can be served (`doors/frame/turnstile`):
the network is known before TLS, before a byte is read, and an attacker cannot choose a school's.
"""

import threading
from collections.abc import Callable, Iterable
from enum import IntEnum

from corneille.access.network import UNKNOWN, format_network, is_declared
from corneille.access.settings import Access
from corneille.kernel import clock
from corneille.kernel.settings import of

SUSPECT_AFTER_COUNT = 3
"""Refusals from a network that nobody has signed in from. A person who mistypes once or twice stays a stranger."""
ESTRANGED_AFTER_COUNT = 20
"""Refusals in a row, with no sign-in between, after which a familiar network is one no more: somebody guesses there, or
came in once with a stolen password to have a better place."""
REMEMBERED_S = 3600.0
"""How long refusals count: as long as the guard's own count of a network's accounts."""
KEPT = 50_000
"""Networks of each kind, about 100 bytes each; the longest unheard of are forgotten first."""


class Standing(IntEnum):
    """How a network stands with us; the smallest is let in first."""

    FAMILIAR = 0
    STRANGER = 1
    SUSPECT = 2


class Networks:
    """What one process remembers. Sign-ins are noted from any thread."""

    def __init__(self, monotonic_s: Callable[[], float] = clock.monotonic_s) -> None:
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._familiar: dict[str, None] = {}
        self._refused: dict[str, tuple[int, float]] = {}

    def note_granted(self, network: str) -> None:
        """Somebody signed in from there: whatever was refused before is forgotten."""
        with self._lock:
            self._refused.pop(network, None)
            self._welcome(network)

    def note_refused(self, network: str) -> None:
        """Somebody was refused there."""
        with self._lock:
            count = self._count_refused(network)
            self._refused.pop(network, None)
            self._refused[network] = count + 1, self._monotonic_s()
            if len(self._refused) > KEPT:
                del self._refused[next(iter(self._refused))]

    def add_familiar(self, networks: Iterable[str]) -> None:
        """Sign-ins that another process saw, or this one before it started: they say nothing of refusals since."""
        with self._lock:
            for network in networks:
                self._welcome(network)

    def find(self, network: str) -> Standing:
        """How a network, as `format_network` gives it, stands now."""
        count = self._count_refused(network)
        if network in self._familiar:
            return Standing.FAMILIAR if count < ESTRANGED_AFTER_COUNT else Standing.SUSPECT
        return Standing.STRANGER if count < SUSPECT_AFTER_COUNT else Standing.SUSPECT

    def _welcome(self, network: str) -> None:
        if network == UNKNOWN:
            return
        self._familiar.pop(network, None)  # to the end: the one heard of last
        self._familiar[network] = None
        if len(self._familiar) > KEPT:
            del self._familiar[next(iter(self._familiar))]

    def _count_refused(self, network: str) -> int:
        count, last_s = self._refused.get(network, (0, 0.0))
        return count if count and self._monotonic_s() - last_s < REMEMBERED_S else 0


networks = Networks()
"""This process's memory of people's networks."""
servers = Networks()
"""That of the networks that mail was accepted from: they sign in nowhere, and a letter buys no place for guesses."""


def find_standing(address: str) -> Standing:
    """How the network of this address stands; those that the académie declared as its own are always familiar."""
    if is_declared(address, of(Access).declared_networks):
        return Standing.FAMILIAR
    return networks.find(format_network(address))


def find_standing_of_server(address: str) -> Standing:
    """How the network of another server stands, at the door where mail comes in."""
    return servers.find(format_network(address))


def note_inner_caller(address: str) -> None:
    """A caller of ours has proved itself from this address (`access/inner`): its people's sign-ins are noted as theirs."""
    networks.note_granted(format_network(address))
