"""The table `metadata`: what programs note of a mailbox, or (mailbox 0) of the whole mail account."""

from collections.abc import Mapping

import apsw

from corneille.kernel.ids import MailAccountId
from corneille.mail.store.sql import find_value, list_rows
from corneille.mail.store.transaction import Transaction

ACCOUNT = 0


def list_entries(connection: apsw.Connection, account: MailAccountId, mailbox: int) -> dict[str, bytes]:
    """Entries and values, by entry."""
    select = "SELECT entry, value FROM metadata WHERE account = ? AND mailbox = ? ORDER BY entry"
    return dict(list_rows(connection, select, (account, mailbox)))


def count_entries(connection: apsw.Connection, account: MailAccountId) -> int:
    """How many the mail account has, over all its mailboxes."""
    count: int = find_value(connection, "SELECT count(*) FROM metadata WHERE account = ?", (account,))
    return count


def set_entries(turn: Transaction, account: MailAccountId, mailbox: int, values: Mapping[str, bytes | None]) -> None:
    """Writes values; None takes an entry away."""
    for entry, value in values.items():
        key = (account, mailbox, entry)
        if value is None:
            turn.connection.execute("DELETE FROM metadata WHERE account = ? AND mailbox = ? AND entry = ?", key)
        else:
            turn.connection.execute("INSERT OR REPLACE INTO metadata VALUES (?, ?, ?, ?)", (*key, value))
