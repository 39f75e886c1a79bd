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
from corneille.access.reason import Reason
from corneille.access.sign_in import sign_in
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.settings import CalendarSettings
from corneille.desk.explanation import address_of_reference
from corneille.doors.dav.exchange import PLAIN, Caller, Reply
from corneille.doors.frame.until import format_until
from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.people.find import find_person

DOOR = "dav"
KEPT_COUNT = 10_000
CHALLENGE = {"WWW-Authenticate": 'Basic realm="Corneille", charset="UTF-8"'}
RETRY_S = 60
TEMPORARY = frozenset({Reason.BUSY, Reason.SLOWED, Reason.NETWORK_SLOWED, Reason.FACTOR_SLOWED})
WORDS = {
    Reason.MAIN_PASSWORD_HERE: "Il faut ici un mot de passe d’application. / An app password is needed here.",
    Reason.FACTOR_NEEDED: "Il faut ici un mot de passe d’application. / An app password is needed here.",
    Reason.SCOPE: "Ce mot de passe d’application n’ouvre pas l’agenda. / This app password does not open the calendar.",
    Reason.REVOKED: "Mot de passe d’application révoqué. / This app password was revoked.",
    Reason.EXPIRED: "Mot de passe d’application périmé. / This app password has expired.",
    Reason.NOT_ENTITLED: "Ce compte n’a pas l’agenda dans un logiciel. / This account may not use a calendar program.",
    Reason.NETWORK_NOT_ALLOWED: "Pas depuis ce réseau. / Not from this network.",
    Reason.TAKEN_OVER: "Ce mot de passe est fermé, choisissez-en un autre. / This password is closed, choose another.",
    Reason.SUSPENDED: "Compte suspendu. / The account is suspended.",
    Reason.SUSPENDED_BY_GUARD: "Compte suspendu jusqu’à sa réparation. / The account is suspended until you repair it.",
    Reason.SUSPENDED_FOR_SUPPORT: "Compte suspendu, joignez l’assistance. / The account is suspended, reach support.",
}
OTHERWISE = "Connexion refusée. / Sign-in refused."


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
    reason = outcome.decision.reason if isinstance(outcome.decision, Refused) else None
    told = WORDS.get(reason, OTHERWISE) if reason is not None else OTHERWISE
    until = outcome.decision.until if isinstance(outcome.decision, Refused) else None
    if until is not None:
        told = "Trop d’essais, attendez %s. / Too many tries, wait until %s.".replace("%s", format_until(until))
    words = f"{told} {outcome.reference} {address_of_reference(outcome.reference)}\n".encode()
    if reason in TEMPORARY:
        retry_s = math.ceil((until - clock.now()).total_seconds()) if until is not None else RETRY_S
        return Reply(503, words, PLAIN, {"Retry-After": str(max(1, retry_s))})
    return Reply(401, words, PLAIN, CHALLENGE)
