"""The table `expunged`: UIDs that went, for programs that were away (RFC 7162 §3.2.5.2)."""

from collections.abc import Sequence

import apsw

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction


def remember(turn: Transaction, mailbox: MailboxId, modseq: ModSeq, gone: Sequence[Uid]) -> None:
    """Notes the UIDs of messages that went; the oldest notes are let go when there are twice too many."""
    turn.connection.executemany(
        "INSERT INTO expunged VALUES (?, ?, ?)", [(mailbox, modseq, uid) for uid in gone]
    )
    kept = of(MailSettings).expunged_count
    noted: int = find_value(
        turn.connection,
        "UPDATE mailbox SET expunged_count = expunged_count + ? WHERE id = ? RETURNING expunged_count",
        (len(gone), mailbox),
    )
    if noted > 2 * kept:
        _forget(turn, mailbox, noted - kept)


def _forget(turn: Transaction, mailbox: MailboxId, surplus: int) -> None:
    floor = find_value(
        turn.connection,
        "SELECT modseq FROM expunged WHERE mailbox = ? ORDER BY modseq LIMIT 1 OFFSET ?",
        (mailbox, surplus - 1),
    )
    turn.connection.execute("DELETE FROM expunged WHERE mailbox = ? AND modseq <= ?", (mailbox, floor))
    turn.connection.execute(
        "UPDATE mailbox SET expunged_floor = ?, expunged_count = expunged_count - ? WHERE id = ?",
        (floor, turn.connection.changes(), mailbox),
    )


def list_vanished(connection: apsw.Connection, mailbox: MailboxId, since: ModSeq) -> tuple[Uid, ...] | None:
    """UIDs that went after `since`, ascending; None when that is no longer known.

    Those too that came after it: who kept `since` may have fetched them meanwhile (RFC 7162 §3.2.5: without known UIDs,
    all of them are).
    """
    floor: int = find_value(connection, "SELECT expunged_floor FROM mailbox WHERE id = ?", (mailbox,))
    if since < floor:
        return None
    rows = connection.execute(
        "SELECT uid FROM expunged WHERE mailbox = ? AND modseq > ? ORDER BY uid", (mailbox, since)
    )
    return tuple(uid for (uid,) in rows)
