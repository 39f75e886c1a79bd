"""Who asks: an app password, with every request (RFC 7617). The guard decides; what it granted is remembered a short while.

A remembered one is asked at each request whether it still holds, so that a revoked app password opens nothing more.
"""

import hashlib
import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

from corneille.access.attempt import Attempt, Outcome
from corneille.access.connection import Hold
from corneille.access.decide import Granted, Refused
from corneille.access.hold import still_holds
from corneille.access.sign_in import sign_in
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.settings import CalendarSettings
from corneille.desk.explanation import address_of_reference
from corneille.doors.dav.exchange import PLAIN, Caller, Reply
from corneille.doors.frame.refused import OTHERWISE, TEMPORARY, tell_refused
from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.people.find import find_person

DOOR = "dav"
KEPT_COUNT = 10_000
CHALLENGE = {"WWW-Authenticate": 'Basic realm="Corneille", charset="UTF-8"'}
RETRY_S = 60


@dataclass(frozen=True, slots=True)
class _Remembered:
    caller: Caller
    hold: Hold
    until_s: float


class SignIn:
    """The sign-ins of one process. Blocking: called in the bridge."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, _Remembered] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, credentials: tuple[str, str] | None, network_address: str, program: str) -> Caller | Reply:
        """The caller, or the reply that refuses them."""
        if credentials is None:
            return Reply(401, b"Identifiez-vous. / Sign in.\n", PLAIN, CHALLENGE)
        mark = self._mark(*credentials, network_address)
        known = self._find(mark)
        if known is not None:
            return known.caller
        now = clock.now()
        outcome = sign_in(Attempt(DOOR, *credentials, network_address, None, program, now))
        person = find_person(outcome.account) if outcome.account is not None and DOOR in outcome.scopes else None
        if person is None or not isinstance(outcome.decision, Granted):
            return refuse(outcome)
        begin_agenda(person.id, now)  # so that the first program finds one
        caller = Caller(person.id, person.identifier)
        if outcome.hold is not None:
            self._keep(mark, _Remembered(caller, outcome.hold, clock.monotonic_s() + of(CalendarSettings).remembered_s))
        return caller

    def _mark(self, identifier: str, secret: str, address: str) -> bytes:
        told = "\0".join((identifier, secret, address)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, key=self._key, digest_size=32).digest()

    def _find(self, mark: bytes) -> _Remembered | None:
        with self._lock:
            found = self._kept.get(mark)
        if found is None:
            return None
        if clock.monotonic_s() < found.until_s and still_holds(found.hold, None, clock.now()):
            return found
        with self._lock:
            self._kept.pop(mark, None)
        return None

    def _keep(self, mark: bytes, remembered: _Remembered) -> None:
        with self._lock:
            self._kept[mark] = remembered
            while len(self._kept) > KEPT_COUNT:
                self._kept.popitem(last=False)


def refuse(outcome: Outcome) -> Reply:
    """In words, with the reference that support asks for and where help is."""
    refused = outcome.decision if isinstance(outcome.decision, Refused) else None
    told = tell_refused(refused, DOOR) if refused is not None else OTHERWISE
    words = f"{told} {outcome.reference} {address_of_reference(outcome.reference)}\n".encode()
    if refused is not None and refused.reason in TEMPORARY:
        until = refused.until
        retry_s = math.ceil((until - clock.now()).total_seconds()) if until is not None else RETRY_S
        return Reply(503, words, PLAIN, {"Retry-After": str(max(1, retry_s))})
    return Reply(401, words, PLAIN, CHALLENGE)
