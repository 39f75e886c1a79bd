"""Lines for pages: newest first, by keyset, so that the cost does not grow with the mailbox."""

import apsw

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, MessageId, ThreadId
from corneille.mail.flags import parse_flags
from corneille.mail.store.seen import choose_source
from corneille.mail.store.sql import Row, find_row, list_rows, number_list
from corneille.mail.values import SpecialUse, Summary, instant

_COLUMNS = """
  m.id, m.uid, m.mailbox, m.thread, c.sender_name, c.sender_address, c.recipients, c.subject, c.preview, m.flags,
  m.received_at, m.size_bytes, c.has_attachment, m.modseq
"""


def _from(reader: AccountId | None) -> str:
    return f"FROM {choose_source(reader)} m JOIN content c ON c.id = m.content"


def _make(row: Row) -> Summary:
    line = list(row)
    line[9], line[10], line[12] = parse_flags(row[9]), instant(row[10]), bool(row[12])
    return Summary(*line)


def list_page(
    connection: apsw.Connection,
    mailbox: MailboxId,
    edge: tuple[int, int] | None,
    limit: int,
    reader: AccountId | None = None,
    *,
    is_back: bool,
    unseen_only: bool,
) -> list[Summary]:
    """At most `limit` lines after `edge` = (received_at, id), newest first; `is_back`: those before it."""
    order, beyond = ("ASC", ">") if is_back else ("DESC", "<")
    where = f"AND (m.received_at, m.id) {beyond} (?, ?)" if edge else ""
    unseen = "AND m.is_unseen" if unseen_only else ""
    rows = list_rows(
        connection,
        f"SELECT {_COLUMNS} {_from(reader)} WHERE m.mailbox = ? {unseen} {where}"
        f" ORDER BY m.received_at {order}, m.id {order} LIMIT ?",
        (mailbox, *(edge or ()), limit),
    )
    return [_make(row) for row in (reversed(rows) if is_back else rows)]


def find_summary(
    connection: apsw.Connection, account: MailAccountId, message: MessageId, reader: AccountId | None = None
) -> Summary | None:
    """One line; None when it is not there or not this account's."""
    if message >> 32 != account:
        return None
    row = find_row(connection, f"SELECT {_COLUMNS} {_from(reader)} WHERE m.id = ?", (message,))
    return None if row is None else _make(row)


def list_summaries(
    connection: apsw.Connection, messages: list[int], reader: AccountId | None = None
) -> list[Summary]:
    """These messages' lines, in the order given; those that went are left out."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_from(reader)} WHERE m.id IN (SELECT value FROM carray(?))", (number_list(messages),)
    )
    made = {row[0]: _make(row) for row in rows} if messages else {}
    return [made[message] for message in messages if message in made]


def list_thread(
    connection: apsw.Connection, account: MailAccountId, thread: ThreadId, reader: AccountId | None = None
) -> list[Summary]:
    """The conversation outside Trash and Junk, oldest first."""
    if thread >> 32 != account:
        return []
    rows = connection.execute(
        f"SELECT {_COLUMNS} {_from(reader)} JOIN mailbox b ON b.id = m.mailbox WHERE m.thread = ?"
        " AND coalesce(b.special_use, '') NOT IN (?, ?) ORDER BY m.received_at, m.id",
        (thread, SpecialUse.TRASH, SpecialUse.JUNK),
    )
    return [_make(row) for row in rows]
