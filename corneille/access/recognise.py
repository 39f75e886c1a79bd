"""Recognises, after the answer has left, a wrong secret of a mail program as the password before this one.

After a reset nobody proved the old password, so its digest is not known. Comparing it before the answer would cost a
second hash, and tell by its time that the account exists. Here it costs nobody's time, and the phone that repeats it
is counted no more.
"""

import queue
import threading
from dataclasses import dataclass, field

from django.db import connection, transaction

from corneille.access import hasher, queries
from corneille.access.gather import Case
from corneille.access.hash_budget import Rank
from corneille.access.secret import encode_secret
from corneille.access.settings import find_former_known_for
from corneille.access.wrong_secret import name_subject
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Busy

WAITING = 100
"""Secrets that wait to be compared, at most; what comes beyond is compared at its next try."""


@dataclass(frozen=True, slots=True)
class _Tried:
    account: AccountId
    digest: bytes
    secret: bytes = field(repr=False)


class Recogniser:
    """One thread of this process, started when something first waits."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[_Tried] = queue.Queue(WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def offer(self, case: Case) -> None:
        """Takes a wrong secret; returns at once."""
        assert case.account is not None
        try:
            self._waiting.put_nowait(_Tried(case.account, case.digest, encode_secret(case.attempt.secret)))
        except queue.Full:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="recognise", daemon=True)
                self._thread.start()

    def drain(self) -> None:
        """Waits until everything offered has been compared (tests, and the end of the process)."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            tried = self._waiting.get()
            try:
                recognise(tried.account, tried.secret, tried.digest)
            except Busy:
                continue  # its next try offers it again
            finally:
                connection.close()  # rare work keeps no connection open
                self._waiting.task_done()


def recognise(account: AccountId, secret: bytes, digest: bytes) -> bool:
    """Compares with former passwords of late whose digest is not known, and remembers it. Raises Busy."""
    since = clock.now() - find_former_known_for()
    for row in queries.list_former(account):
        if row.digest is None and row.ended_at > since and hasher.current().is_right(row.argon2, secret, Rank.STRANGER):
            with transaction.atomic():
                queries.set_former_digest(row.pk, digest)
                queries.drop_wrong_digest(name_subject(account, ""), digest)
            return True
    return False


recogniser = Recogniser()
"""This process's."""
