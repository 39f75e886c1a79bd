"""The table `deleted`: what was removed for good and can still be put back, with the words to recognise it by.

What is `withheld` is there for nobody until the removal of a campaign that withholds it is undone.

Its contents lie in the segments until a compaction takes them; a content's row and its lines here go together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.mail.store.sql import find_row, list_rows, number_list
from corneille.mail.store.transaction import Transaction

_COLUMNS = (
    "id, mailbox, mailbox_name, flags, received_at, deleted_at, size_bytes, sender_name, sender_address, recipients,"
    " subject, content"
)


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """One line; instants in seconds since 1970."""

    id: int
    mailbox: MailboxId
    mailbox_name: str  # as it was called then
    flags: str  # rendered
    received_at: int
    deleted_at: int
    size_bytes: int
    sender_name: str
    sender_address: str
    recipients: str
    subject: str
    content: int


def note_deleted(turn: Transaction, account: MailAccountId, messages: Sequence[int]) -> None:
    """Notes messages that are about to be removed; before their contents' words are emptied."""
    turn.connection.execute(
        "INSERT INTO deleted (account, mailbox, mailbox_name, flags, received_at, deleted_at, size_bytes, sender_name,"
        " sender_address, recipients, subject, content)"
        " SELECT ?, m.mailbox, b.name, m.flags, m.received_at, ?, m.size_bytes, c.sender_name, c.sender_address,"
        " c.recipients, c.subject, m.content FROM message m JOIN content c ON c.id = m.content JOIN mailbox b ON b.id ="
        " m.mailbox WHERE m.id IN (SELECT value FROM carray(?))",
        (account, turn.now_s, number_list(messages)),
    )


def list_deleted(
    connection: apsw.Connection, account: MailAccountId, since_s: int, before: int | None, limit: int
) -> list[DeletedRow]:
    """Those removed from `since_s` on, the latest first; `before`: those noted before this line."""
    rows = list_rows(
        connection,
        f"SELECT {_COLUMNS} FROM deleted WHERE account = ? AND deleted_at >= ? AND id < ? AND withheld IS NULL"
        " ORDER BY id DESC LIMIT ?",
        (account, since_s, 2**62 if before is None else before, limit),
    )
    return [DeletedRow(*row) for row in rows]


def find_deleted(connection: apsw.Connection, account: MailAccountId, number: int) -> DeletedRow | None:
    """One line, if it is this mail account's."""
    row = find_row(
        connection, f"SELECT {_COLUMNS} FROM deleted WHERE account = ? AND id = ? AND withheld IS NULL", (account, number)
    )
    return None if row is None else DeletedRow(*row)


def drop_deleted(turn: Transaction, number: int) -> bool:
    """Takes away a line; False when it was not there any more, or has been withheld meanwhile."""
    turn.connection.execute("DELETE FROM deleted WHERE id = ? AND withheld IS NULL", (number,))
    return turn.connection.changes() == 1


def forget_deleted(turn: Transaction, before_s: int, limit: int) -> int:
    """Forgets what was removed before; gives how many, at most `limit`."""
    turn.connection.execute(
        "DELETE FROM deleted WHERE id IN (SELECT id FROM deleted WHERE deleted_at < ? ORDER BY deleted_at LIMIT ?)",
        (before_s, limit),
    )
    return turn.connection.changes()


def list_from(connection: apsw.Connection, sender_address: str) -> list[tuple[int, MailAccountId, str]]:
    """Line, mail account and subject of what this address sent; case does not matter."""
    rows = list_rows(
        connection,
        "SELECT id, account, subject FROM deleted WHERE sender_address = ? COLLATE NOCASE AND withheld IS NULL ORDER BY id",
        (sender_address,),
    )
    return [(row[0], MailAccountId(row[1]), row[2]) for row in rows]


def withhold(turn: Transaction, numbers: Sequence[int], removal: int) -> int:
    """Keeps these lines from their owners; gives how many were still there."""
    turn.connection.execute(
        "UPDATE deleted SET withheld = ? WHERE id IN (SELECT value FROM carray(?)) AND withheld IS NULL",
        (removal, number_list(numbers)),
    )
    return turn.connection.changes()


def release(turn: Transaction, removal: int) -> None:
    """Gives back to their owners what this removal withholds."""
    turn.connection.execute("UPDATE deleted SET withheld = NULL WHERE withheld = ?", (removal,))


def list_withheld(connection: apsw.Connection, removal: int) -> list[MailAccountId]:
    """The mail account of each line that this removal withholds."""
    rows = list_rows(connection, "SELECT account FROM deleted WHERE withheld = ? ORDER BY id", (removal,))
    return [MailAccountId(row[0]) for row in rows]
