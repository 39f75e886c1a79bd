"""From which networks this process has seen people sign in lately, and which came, or were refused, and never signed in.

Nothing here decides about a try. It says who is let in first where more come than can be served (`doors/frame/turnstile`):
the network is known before TLS, before a byte is read, and an attacker cannot choose a school's.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TypeVar

from corneille.access.network import UNKNOWN, format_network, is_declared
from corneille.access.settings import Access
from corneille.kernel import clock
from corneille.kernel.settings import of

Told = TypeVar("Told")

KEPT = 50_000
"""Networks of each kind, about 100 bytes each; the longest unheard of are forgotten first."""
WELCOMED_KEPT = 1000
"""Networks that became familiar last: who asks comes back within a hundredth of a second."""


class Standing(IntEnum):
    """How a network stands with us; the smallest is let in first."""

    FAMILIAR = 0
    STRANGER = 1
    SUSPECT = 2


@dataclass(frozen=True, slots=True)
class _Fruitless:
    """What came of a network since somebody last signed in there, and when it was last heard of."""

    calls: int = 0
    refusals: int = 0
    last_s: float = 0.0


class Networks:
    """What one process remembers. Sign-ins are noted from any thread.

    welcomed_count  how many have become familiar so far (`list_welcomed`)
    """

    def __init__(self, monotonic_s: Callable[[], float] = clock.monotonic_s) -> None:
        self._monotonic_s = monotonic_s
        self._lock = threading.Lock()
        self._familiar: dict[str, None] = {}
        self._fruitless: dict[str, _Fruitless] = {}
        self._welcomed: deque[str] = deque(maxlen=WELCOMED_KEPT)
        self.welcomed_count = 0

    def note_granted(self, network: str) -> None:
        """Somebody signed in from there: whatever was refused before is forgotten."""
        with self._lock:
            before = self._stand(network)
            self._fruitless.pop(network, None)
            self._welcome(network, before)

    def note_refused(self, network: str) -> None:
        """Somebody was refused there."""
        self._count(network, refusals=1)

    def note_call(self, network: str) -> None:
        """Somebody has connected to a mail door from there."""
        self._count(network, calls=1)

    def add_familiar(self, networks: Iterable[str]) -> None:
        """Sign-ins that another process saw, or this one before it started: they say nothing of refusals since."""
        with self._lock:
            for network in networks:
                self._welcome(network, self._stand(network))

    def list_welcomed(self, since_count: int) -> tuple[list[str], int]:
        """The networks that became familiar after so many others did, and how many did by now."""
        with self._lock:
            fresh_count = self.welcomed_count - since_count
            return list(islice(reversed(self._welcomed), fresh_count)), self.welcomed_count

    def find(self, network: str) -> Standing:
        """How a network, as `format_network` gives it, stands now."""
        with self._lock:  # a sign-in takes it out and puts it back, from another thread
            return self._stand(network)

    def _stand(self, network: str) -> Standing:
        found, told = self._find_fruitless(network), of(Access)
        if network in self._familiar:
            return Standing.FAMILIAR if found.refusals < told.estranged_after_count else Standing.SUSPECT
        is_suspect = found.refusals >= told.suspect_after_count or found.calls >= told.suspect_after_calls_count
        return Standing.SUSPECT if is_suspect else Standing.STRANGER

    def _welcome(self, network: str, before: Standing) -> None:
        if network == UNKNOWN:
            return
        _keep_last(self._familiar, network, None)
        if before is not Standing.FAMILIAR and self._stand(network) is Standing.FAMILIAR:
            self._welcomed.append(network)
            self.welcomed_count += 1

    def _count(self, network: str, *, calls: int = 0, refusals: int = 0) -> None:
        with self._lock:
            found = self._find_fruitless(network)
            told = _Fruitless(found.calls + calls, found.refusals + refusals, self._monotonic_s())
            _keep_last(self._fruitless, network, told)

    def _find_fruitless(self, network: str) -> _Fruitless:
        found = self._fruitless.get(network, _Fruitless())
        return found if self._monotonic_s() - found.last_s < of(Access).spray_memory_s else _Fruitless()


def _keep_last(memory: dict[str, Told], network: str, told: Told) -> None:
    """Puts it at the end, as the one heard of last; the one longest unheard of makes room."""
    memory.pop(network, None)
    memory[network] = told
    if len(memory) > KEPT:
        del memory[next(iter(memory))]


networks = Networks()
"""This process's memory of people's networks."""
servers = Networks()
"""That of the networks that mail was accepted from: they sign in nowhere, and a letter buys no place for guesses."""


def find_standing(address: str) -> Standing:
    """How the network of this address stands; those that the académie declared as its own are always familiar."""
    if is_declared(address, of(Access).declared_networks):
        return Standing.FAMILIAR
    return networks.find(format_network(address))


def receive_call(address: str) -> Standing:
    """The same at a mail door, where somebody has just connected from there: it counts until somebody signs in."""
    standing = find_standing(address)
    if standing is not Standing.FAMILIAR:
        networks.note_call(format_network(address))
    return standing


def find_standing_of_server(address: str) -> Standing:
    """How the network of another server stands, at the door where mail comes in."""
    return servers.find(format_network(address))


def note_inner_caller(address: str) -> None:
    """A caller of ours has proved itself from this address (`access/inner`): its people's sign-ins are noted as theirs."""
    networks.note_granted(format_network(address))
