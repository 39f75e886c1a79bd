"""Reading messages by UID, in slices."""

from collections.abc import Iterator, Sequence

import apsw

from corneille.kernel.ids import AccountId, MailboxId, ModSeq, Uid
from corneille.mail.store.seen import choose_source
from corneille.mail.store.sql import find_value, list_rows, number_list
from corneille.mail.values import Row, Want

_HOT = "m.id, m.uid, m.modseq, m.flags, m.received_at, m.saved_at, m.size_bytes, m.thread, m.content"
DELETED_ROWS = 2000
_COLUMNS = {
    Want.ENVELOPE: "c.envelope",
    Want.BODY: "c.body",
    Want.BODYSTRUCTURE: "c.bodystructure",
    Want.PREVIEW: "c.preview",
}


def read_rows(
    connection: apsw.Connection,
    mailbox: MailboxId,
    ranges: Sequence[tuple[Uid, Uid]],
    wants: frozenset[Want],
    slice_rows: int,
    reader: AccountId | None = None,
) -> Iterator[list[Row]]:
    """Rows of these UIDs, ascending. Each slice is one whole statement: none stays open between two slices."""
    costly = ", ".join(column if want in wants else "NULL" for want, column in _COLUMNS.items())
    source = "JOIN content c ON c.id = m.content" if wants else ""
    select = f"SELECT {_HOT}, {costly} FROM {{}} m {source}"
    for rows in _read_slices(connection, select, mailbox, ranges, slice_rows, reader, uid_column=1):
        yield [Row._make(row) for row in rows]


def read_flags(
    connection: apsw.Connection,
    mailbox: MailboxId,
    ranges: Sequence[tuple[Uid, Uid]],
    slice_rows: int,
    reader: AccountId | None = None,
) -> Iterator[list[tuple[Uid, int, str]]]:
    """(uid, modseq, rendered flags), ascending."""
    return _read_slices(connection, "SELECT m.uid, m.modseq, m.flags FROM {} m", mailbox, ranges, slice_rows, reader)


def read_deleted(connection: apsw.Connection, mailbox: MailboxId, after: int) -> list[tuple[Uid, int]]:
    """(uid, size) of the next messages marked \\Deleted."""
    return list_rows(
        connection,
        "SELECT uid, size_bytes FROM message WHERE mailbox = ? AND is_deleted AND uid > ? ORDER BY uid LIMIT ?",
        (mailbox, after, DELETED_ROWS),
    )


def count_some_changed(connection: apsw.Connection, mailbox: MailboxId, since: ModSeq, limit: int) -> int:
    """How many messages have changed after `since`, or `limit` where there are more."""
    count: int = find_value(
        connection,
        "SELECT count(*) FROM (SELECT 1 FROM message WHERE mailbox = ? AND modseq > ? LIMIT ?)",
        (mailbox, since, limit),
    )
    return count


def list_appeared(connection: apsw.Connection, mailbox: MailboxId, since: ModSeq, last: int) -> list[Uid]:
    """The UIDs above `last` that came after `since`, ascending."""
    select = "SELECT uid FROM message WHERE mailbox = ? AND uid > ? AND added_modseq > ? ORDER BY uid"
    return [uid for (uid,) in list_rows(connection, select, (mailbox, last, since))]


def find_highest(connection: apsw.Connection, mailbox: MailboxId, uids: Sequence[int], reader: AccountId | None) -> int:
    """The highest modification sequence of these messages."""
    found = find_value(
        connection,
        f"SELECT max(m.modseq) FROM carray(?) a CROSS JOIN {choose_source(reader)} m"
        " WHERE m.mailbox = ? AND m.uid = a.value",
        (number_list(uids), mailbox),
    )
    return found or 0


def _read_slices(
    connection: apsw.Connection,
    select: str,
    mailbox: MailboxId,
    ranges: Sequence[tuple[Uid, Uid]],
    slice_rows: int,
    reader: AccountId | None,
    uid_column: int = 0,
) -> Iterator[list[tuple]]:  # type: ignore[type-arg]  # the select says what a row is
    source = choose_source(reader)
    by_range = select.format(source) + " WHERE m.mailbox = ? AND m.uid BETWEEN ? AND ? ORDER BY m.uid LIMIT ?"
    by_uid = select.format(f"carray(?) a CROSS JOIN {source}") + " WHERE m.mailbox = ? AND m.uid = a.value ORDER BY m.uid"
    single: list[int] = []
    for first, last in ranges:
        if len(ranges) > 1 and last - first < slice_rows // 2:  # short ranges are gathered: one statement for many
            single.extend(range(first, last + 1))
            if len(single) >= slice_rows:
                yield list_rows(connection, by_uid, (number_list(single), mailbox))
                single = []
            continue
        if single:
            yield list_rows(connection, by_uid, (number_list(single), mailbox))
            single = []
        while first <= last:
            rows = list_rows(connection, by_range, (mailbox, first, last, slice_rows))
            if rows:
                yield rows
            if len(rows) < slice_rows:
                break
            first = rows[-1][uid_column] + 1
    if single:
        yield list_rows(connection, by_uid, (number_list(single), mailbox))
