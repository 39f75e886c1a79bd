"""The table `metadata`: what programs note of a mailbox, or (mailbox 0) of the whole mail account.

In a mail account with several readers /private/ is each reader's own, and /shared/ everybody's (RFC 5464 §3.2)."""

from collections.abc import Mapping

import apsw

from corneille.kernel.ids import AccountId, MailAccountId, ModSeq
from corneille.mail.store.sql import find_value, list_rows
from corneille.mail.store.transaction import Transaction

ACCOUNT = 0
EVERYBODY = 0
Noted = dict[tuple[int, str], ModSeq]
"""Mailbox and entry → when it was last written."""


def list_entries(
    connection: apsw.Connection, account: MailAccountId, mailbox: int, reader: AccountId | None
) -> dict[str, bytes]:
    """Entries and values, by entry."""
    select = "SELECT entry, value FROM metadata WHERE account = ? AND mailbox = ? AND reader IN (?, ?) ORDER BY entry"
    return dict(list_rows(connection, select, (account, mailbox, EVERYBODY, reader or EVERYBODY)))


def list_noted(connection: apsw.Connection, account: MailAccountId, reader: AccountId | None) -> Noted:
    """Which entries there are, over all mailboxes."""
    select = "SELECT mailbox, entry, modseq FROM metadata WHERE account = ? AND reader IN (?, ?)"
    rows = list_rows(connection, select, (account, EVERYBODY, reader or EVERYBODY))
    return {(mailbox, entry): modseq for mailbox, entry, modseq in rows}


def count_entries(connection: apsw.Connection, account: MailAccountId, reader: AccountId | None) -> int:
    """How many a reader has, over all mailboxes."""
    count: int = find_value(
        connection, "SELECT count(*) FROM metadata WHERE account = ? AND reader IN (?, ?)",
        (account, EVERYBODY, reader or EVERYBODY),
    )  # fmt: skip
    return count


def set_entries(
    turn: Transaction, account: MailAccountId, mailbox: int, reader: AccountId | None, values: Mapping[str, bytes | None]
) -> None:
    """Writes values; None takes an entry away."""
    modseq = turn.next_modseq(account)
    for entry, value in values.items():
        owner = reader if reader is not None and entry.startswith("/private/") else EVERYBODY
        key = (account, mailbox, owner, entry)
        if value is None:
            turn.connection.execute(
                "DELETE FROM metadata WHERE account = ? AND mailbox = ? AND reader = ? AND entry = ?", key
            )
        else:
            turn.connection.execute("INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?, ?, ?)", (*key, modseq, value))
