"""Writes attempts, many in one transaction, each durable before its answer.

No thread of its own: who comes while nobody writes takes all that waits and commits it; who comes meanwhile
waits for the next commit. So a flood of tries costs one write lock for each group, not for each try.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from corneille.access.attempt_seal import seal_attempts
from corneille.access.familiar import networks
from corneille.access.models import SignInAttempt, WrongSecret
from corneille.access.network import format_network
from corneille.access.reason import Reason
from corneille.kernel import journal
from corneille.kernel.metrics import SIGN_INS
from corneille.kernel.plain_sql import insert


@dataclass(slots=True)
class _Entry:
    attempt: SignInAttempt
    wrong: WrongSecret | None
    is_written: bool = False
    error: BaseException | None = field(default=None)


class AttemptLog:
    """The group commit of one process."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._waiting: list[_Entry] = []
        self._is_writing = False
        self.group_count = 0

    def write(self, attempt: SignInAttempt, wrong: WrongSecret | None = None) -> None:
        """Returns once both rows are on disk; a wrong secret twice is one row. Raises what the disk does."""
        self._write([_Entry(attempt, wrong)])

    def write_all(self, attempts: Iterable[SignInAttempt]) -> None:
        """The same for many at once, none of which has shown a secret that counts."""
        self._write([_Entry(attempt, None) for attempt in attempts])

    def _write(self, entries: list[_Entry]) -> None:
        assert not connection.in_atomic_block, "an attempt is durable by itself, never inside another's transaction"
        last = entries[-1]  # those who come together are taken together
        with self._turn:
            self._waiting.extend(entries)
            while self._is_writing and not last.is_written:
                self._turn.wait()
            group = [] if last.is_written else self._take()
        if group:
            self._commit(group)
        if last.error is not None:
            raise last.error
        for entry in entries:
            SIGN_INS.labels(entry.attempt.door, entry.attempt.decision, entry.attempt.reason).inc()
            _note_network(entry.attempt)

    def _take(self) -> list[_Entry]:
        group, self._waiting, self._is_writing = self._waiting, [], True
        return group

    def _commit(self, group: list[_Entry]) -> None:
        error: BaseException | None = None
        try:
            with transaction.atomic():
                head = journal.hold()  # before the rows, so that they are one unbroken range of numbers
                for entry in group:
                    insert(entry.attempt)
                seal_attempts([entry.attempt for entry in group], head)
                wrong = [entry.wrong for entry in group if entry.wrong is not None]
                WrongSecret.objects.bulk_create(wrong, ignore_conflicts=True)
        except BaseException as raised:
            error = raised
            raise
        finally:
            with self._turn:
                self.group_count += 1
                self._is_writing = False
                for entry in group:
                    entry.is_written, entry.error = True, error
                self._turn.notify_all()


def _note_network(attempt: SignInAttempt) -> None:
    """A right password that wants a second proof says neither good nor bad of its network, nor does our being busy."""
    if attempt.decision == "granted":
        networks.note_granted(format_network(attempt.network_address))
    elif attempt.decision == "refused" and attempt.reason != Reason.BUSY:
        networks.note_refused(format_network(attempt.network_address))


log = AttemptLog()
"""This process's log."""
