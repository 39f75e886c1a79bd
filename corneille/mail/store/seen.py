"""The table `seen`: which messages of a mail account with several readers each of them has read.

For such a reader a message's flags are the shared ones without \\Seen, and \\Seen where this table has it; all statements
that read flags take their rows from `choose_source`. A change of \\Seen takes a modseq that only its reader is told of, so
nobody learns when a colleague reads. One's own mail has no rows here and is read from `message` as ever.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import apsw

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, ModSeq
from corneille.mail.flags import parse_flags, render_flags
from corneille.mail.store.sql import Row, find_row, find_value, list_rows, number_list
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SEEN, Mailbox, View

_OWN = "(SELECT s.{column} FROM seen s WHERE s.reader = {reader} AND s.mailbox = m.mailbox AND s.message = m.id)"


def add_function(connection: apsw.Connection) -> None:
    """Gives a connection what `choose_source` calls for each row whose flags are read."""
    connection.create_scalar_function("flags_of_reader", _render, 2, deterministic=True)


def choose_source(reader: AccountId | None) -> str:
    """What stands for the table `message` in a statement: the table, or its rows as one reader sees them.

    Columns are worked out where they are asked for alone: SQLite takes such a subquery for the table itself.
    """
    if reader is None:
        return "message"
    is_seen, modseq = (_OWN.format(column=column, reader=int(reader)) for column in ("is_seen", "modseq"))
    return (
        "(SELECT m.id, m.mailbox, m.uid, m.added_modseq, m.is_deleted, m.received_at, m.saved_at, m.size_bytes, m.thread,"
        f" m.content, max(m.modseq, ifnull({modseq}, 0)) AS modseq, NOT ifnull({is_seen}, 0) AS is_unseen,"
        f" flags_of_reader(m.flags, ifnull({is_seen}, 0)) AS flags FROM message m)"
    )


def adjust(connection: apsw.Connection, mailbox: Mailbox, reader: AccountId | None) -> Mailbox:
    """The mailbox as a reader sees it: what is unread to them, and the last change that they are told of."""
    if reader is None:
        return mailbox
    row = find_row(
        connection,
        "SELECT coalesce(sum(is_seen), 0), coalesce(max(modseq), 0) FROM seen WHERE reader = ? AND mailbox = ?",
        (reader, mailbox.id),
    )
    assert row is not None, "a sum always has a row"
    return _adjust(mailbox, *row)


def adjust_all(
    connection: apsw.Connection, account: MailAccountId, mailboxes: list[Mailbox], reader: AccountId | None
) -> list[Mailbox]:
    """The same for every mailbox of a mail account, in one statement."""
    if reader is None:
        return mailboxes
    rows = list_rows(
        connection,
        "SELECT mailbox, sum(is_seen), max(modseq) FROM seen"
        " WHERE reader = ? AND mailbox IN (SELECT id FROM mailbox WHERE account = ?) GROUP BY mailbox",
        (reader, account),
    )
    own = {mailbox: (count, modseq) for mailbox, count, modseq in rows}
    return [_adjust(each, *own.get(each.id, (0, 0))) for each in mailboxes]


def adjust_view(connection: apsw.Connection, view: View, reader: AccountId | None) -> View:
    """The view with what is unread to a reader."""
    if reader is None:
        return view
    told = adjust(connection, view.mailbox, reader)
    first = find_value(
        connection,
        f"SELECT m.uid FROM {choose_source(reader)} m WHERE m.mailbox = ? AND m.is_unseen ORDER BY m.uid LIMIT 1",
        (told.id,),
    )
    return replace(view, mailbox=told, first_unseen=first)


def list_changed(connection: apsw.Connection, mailbox: MailboxId, since: ModSeq, reader: AccountId | None) -> list[Row]:
    """(uid, modseq, flags, whether it is new) of what changed after `since`, what a reader marked included."""
    if reader is None:
        where, bindings = "m.modseq > ?2", tuple[object, ...]()
    else:  # found by two indexes first: the larger of two tables' modseqs has none
        where = (
            "m.uid IN (SELECT uid FROM message WHERE mailbox = ?1 AND modseq > ?2 UNION ALL SELECT r.uid FROM seen s"
            " JOIN message r ON r.id = s.message WHERE s.reader = ?3 AND s.mailbox = ?1 AND s.modseq > ?2)"
        )
        bindings = (reader,)
    return list_rows(
        connection,
        f"SELECT m.uid, m.modseq, m.flags, m.added_modseq > ?2 FROM {choose_source(reader)} m"
        f" WHERE m.mailbox = ?1 AND {where} ORDER BY m.uid",
        (mailbox, since, *bindings),
    )


def count_marked(
    connection: apsw.Connection, mailbox: MailboxId, since: ModSeq, reader: AccountId | None
) -> tuple[int, ModSeq]:
    """How many messages a reader has marked after `since`, and the modification sequence of the last mark."""
    if reader is None:
        return 0, ModSeq(0)
    select = "SELECT count(*), coalesce(max(modseq), 0) FROM seen WHERE reader = ? AND mailbox = ? AND modseq > ?"
    row = find_row(connection, select, (reader, mailbox, since))
    assert row is not None, "a count always has a row"
    return row[0], ModSeq(row[1])


def mark(
    turn: Transaction, reader: AccountId, mailbox: MailboxId, marks: Iterable[tuple[int, bool]], modseq: ModSeq
) -> None:
    """Notes of messages whether the reader has read them. What is unread again keeps its row, for the modseq in it."""
    turn.connection.executemany(
        "INSERT INTO seen (reader, mailbox, message, is_seen, modseq) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET is_seen = excluded.is_seen, modseq = excluded.modseq",
        [(reader, mailbox, message, int(is_seen), modseq) for message, is_seen in marks],
    )


def copy_marks(turn: Transaction, copies: dict[int, int], target: MailboxId, modseq: ModSeq) -> None:
    """To each of its readers a copy is read as the original is; `copies`: original → copy."""
    rows = list_rows(
        turn.connection,
        "SELECT reader, message FROM seen WHERE is_seen AND message IN (SELECT value FROM carray(?))",
        (number_list(copies),),
    )
    turn.connection.executemany(
        "INSERT INTO seen (reader, mailbox, message, is_seen, modseq) VALUES (?, ?, ?, 1, ?)",
        [(reader, target, copies[message], modseq) for reader, message in rows],
    )


def move_marks(turn: Transaction, messages: Sequence[int], target: MailboxId) -> None:
    """The marks go with their messages."""
    turn.connection.execute(
        "UPDATE seen SET mailbox = ? WHERE message IN (SELECT value FROM carray(?))", (target, number_list(messages))
    )


def drop_marks(turn: Transaction, messages: Sequence[int]) -> None:
    """The marks of messages that go for good."""
    turn.connection.execute(
        "DELETE FROM seen WHERE message IN (SELECT value FROM carray(?))", (number_list(messages),)
    )


def _adjust(mailbox: Mailbox, seen_count: int, modseq: ModSeq) -> Mailbox:
    highest = max(mailbox.highest_modseq, modseq)
    return replace(mailbox, unseen_count=mailbox.message_count - seen_count, highest_modseq=highest)


@lru_cache(maxsize=4096)
def _render(shared: str, is_seen: int) -> str:
    flags = parse_flags(shared)
    return render_flags(flags | {SEEN} if is_seen else flags - {SEEN})
