"""Which messages of a mailbox no session has been told of yet: `mailbox.first_recent`, and what was claimed since.

RFC 3501 §2.3.2 wants each message \\Recent in one session. Among the sessions of this process it is; those of another
process hear of a claim when the session that made it has left the mailbox, so that no message costs a write of its own.
"""

import threading

import apsw

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction


class Claims:
    """The first UID that nobody has claimed, by mailbox."""

    def __init__(self) -> None:
        self._first: dict[MailboxId, Uid] = {}
        self._lock = threading.Lock()

    def first(self, mailbox: MailboxId, written: Uid) -> Uid:
        """The first that is still to be claimed; `written` is what the index says."""
        return max(self._first.get(mailbox, written), written)

    def claim(self, mailbox: MailboxId, written: Uid, uid_next: Uid) -> Uid:
        """Takes all below `uid_next`; returns the first that is the caller's."""
        with self._lock:
            first = self.first(mailbox, written)
            self._first[mailbox] = max(first, uid_next)
        return first


def count_from(connection: apsw.Connection, mailbox: MailboxId, first: Uid) -> int:
    """How many messages have this UID or a later one."""
    count: int = find_value(connection, "SELECT count(*) FROM message WHERE mailbox = ? AND uid >= ?", (mailbox, first))
    return count


def set_first_recent(turn: Transaction, mailbox: MailboxId, first: Uid) -> None:
    """Writes a claim; never backwards. No change that anybody is told of."""
    turn.connection.execute("UPDATE mailbox SET first_recent = max(first_recent, ?) WHERE id = ?", (first, mailbox))
