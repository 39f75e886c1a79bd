"""Recognises, after the answer has left, a wrong secret as the password before this one, and tells its owner.

After a reset nobody proved the old password, so its digest is not known. Comparing it before the answer would cost a
second hash, and tell by its time that the account exists. Here it costs nobody's time, and the phone that repeats it, or
the person who types it out of habit, is counted no more. One hash is made for each wrong secret, whoever is meant: the
next try waits as long after a name that is nobody's as after one that is somebody's.
"""

import queue
import threading
from dataclasses import dataclass

from django.db import connection, transaction

from corneille.access import hasher, queries
from corneille.access.attempt import Attempt
from corneille.access.facts import MAIL_DOORS
from corneille.access.gather import NOBODY, Case
from corneille.access.hash_budget import Rank
from corneille.access.network import format_network
from corneille.access.program import describe_program
from corneille.access.secret import encode_secret
from corneille.access.settings import find_former_known_for
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Busy

WAITING = 100
"""Secrets that wait to be compared, at most; what comes beyond is compared at its next try."""
KEPT = 10_000
"""Secrets that are known to have been compared: a program that repeats one costs one hash."""


@dataclass(frozen=True, slots=True)
class _Tried:
    account: AccountId
    subject: str
    serial: int
    digest: bytes
    attempt: Attempt


class Recogniser:
    """One thread of this process, started when something first waits."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[_Tried] = queue.Queue(WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._compared: set[tuple[str, int, bytes]] = set()  # of the thread alone

    def offer(self, case: Case) -> None:
        """Takes a wrong secret, whoever is meant; returns at once."""
        assert case.pair is not None
        tried = _Tried(case.account or NOBODY, case.pair.subject, case.serial, case.digest, case.attempt)
        try:
            self._waiting.put_nowait(tried)
        except queue.Full:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="recognise", daemon=True)
                self._thread.start()

    def drain(self) -> None:
        """Waits until everything offered has been compared, and forgets what was (tests, and the end of the process)."""
        self._waiting.join()
        self._compared.clear()

    def _work(self) -> None:
        while True:
            tried = self._waiting.get()
            try:
                self._compare(tried)
            except Busy:
                continue  # its next try offers it again
            finally:
                connection.close()  # rare work keeps no connection open
                self._waiting.task_done()

    def _compare(self, tried: _Tried) -> None:
        known = tried.subject, tried.serial, tried.digest
        if known in self._compared:
            return
        _recognise(tried)
        if len(self._compared) >= KEPT:
            self._compared.clear()
        self._compared.add(known)


def _recognise(tried: _Tried) -> None:
    """Compares with the newest former password of the last month whose digest is not known, and remembers it. Raises Busy.

    Where there is none the work is the same.
    """
    since, secret = tried.attempt.now - find_former_known_for(), encode_secret(tried.attempt.secret)
    rows = (each for each in queries.list_former(tried.account) if each.digest is None and each.ended_at > since)
    row = next(rows, None)
    if hasher.current().is_right(row.argon2 if row else None, secret, Rank.AFTERWARDS) and row is not None:
        with transaction.atomic():
            queries.set_former_digest(row.pk, tried.digest)
            queries.drop_wrong_digest(tried.subject, tried.digest)
        tell_old_password(tried.account, tried.serial, tried.attempt)


def tell_old_password(account: AccountId, serial: int, attempt: Attempt) -> None:
    """Tells the owner once for each door and network: which program still has it, or that it was typed on the web.

    Who types it learns nothing: the second is read in the portal, after the right password.
    """
    code = "old-password-in-use" if attempt.door in MAIL_DOORS else "old-password-typed"
    told: dict[str, outbox.Told] = {
        "since": attempt.now.isoformat(), "program": str(describe_program(attempt.program)),
        "network": attempt.network_address,
    }  # fmt: skip
    key = f"{code}/{account}/{serial}/{attempt.door}/{format_network(attempt.network_address)}"
    outbox.add_notice(account, code, told, attempt.now, key=key)


recogniser = Recogniser()
"""This process's."""
