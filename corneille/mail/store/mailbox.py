"""The tables `mailbox` and `subscription`."""

from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, ModSeq, Uid
from corneille.mail.flags import list_keywords
from corneille.mail.store.mail_account import take_uid_validity
from corneille.mail.store.seen import adjust, adjust_all
from corneille.mail.store.sql import find_row, find_value, list_rows
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import KeywordRefused, Limits, Mailbox, MailboxGone, SpecialUse

_COLUMNS = """
  mailbox.id, mailbox.name, special_use,
  EXISTS (SELECT 1 FROM subscription s WHERE s.account = mailbox.account AND s.name = mailbox.name),
  uid_validity, uid_next, modseq, message_count, unseen_count, deleted_count, size_bytes, first_recent
"""
_GET = f"SELECT {_COLUMNS} FROM mailbox WHERE account = ? AND id = ?"
_FIND = f"SELECT {_COLUMNS} FROM mailbox WHERE account = ? AND name = ?"
_LIST = f"SELECT {_COLUMNS} FROM mailbox WHERE account = ? ORDER BY name <> 'INBOX', name"


def _make(row: tuple[MailboxId, str, str | None, int, int, Uid, ModSeq, int, int, int, int, Uid]) -> Mailbox:
    id_, name, special_use, is_subscribed, *counts = row
    use = SpecialUse(special_use) if special_use else None
    return Mailbox(id_, name, use, bool(is_subscribed), *counts)  # type: ignore[arg-type]


def get_mailbox(
    connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId, reader: AccountId | None = None
) -> Mailbox:
    """The mailbox now, as the reader sees it where there are several. Raises MailboxGone."""
    row = find_row(connection, _GET, (account, mailbox))
    if row is None:
        raise MailboxGone(mailbox=mailbox)
    return adjust(connection, _make(row), reader)


def find_mailbox(
    connection: apsw.Connection, account: MailAccountId, name: str, reader: AccountId | None = None
) -> Mailbox | None:
    """The mailbox of exactly that name."""
    row = find_row(connection, _FIND, (account, name))
    return None if row is None else adjust(connection, _make(row), reader)


def list_mailboxes(
    connection: apsw.Connection, account: MailAccountId, reader: AccountId | None = None
) -> list[Mailbox]:
    """Every mailbox, INBOX first, then by name."""
    return adjust_all(connection, account, [_make(row) for row in connection.execute(_LIST, (account,))], reader)


def check_mailbox(connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId) -> None:
    """Raises MailboxGone when it is not there or not this account's."""
    if find_value(connection, "SELECT 1 FROM mailbox WHERE account = ? AND id = ?", (account, mailbox)) is None:
        raise MailboxGone(mailbox=mailbox)


def find_numbers(connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId) -> tuple[ModSeq, Uid] | None:
    """Highest modification sequence and next UID: a third of what the whole mailbox costs, asked after each command."""
    row: tuple[ModSeq, Uid] | None = find_row(
        connection, "SELECT modseq, uid_next FROM mailbox WHERE account = ? AND id = ?", (account, mailbox)
    )
    return row


def list_names(connection: apsw.Connection, account: MailAccountId) -> dict[str, MailboxId]:
    """All names and their mailboxes."""
    return dict(list_rows(connection, "SELECT name, id FROM mailbox WHERE account = ?", (account,)))


def count_mailboxes(connection: apsw.Connection, account: MailAccountId) -> int:
    """How many there are."""
    count: int = find_value(connection, "SELECT count(*) FROM mailbox WHERE account = ?", (account,))
    return count


def add_mailbox(
    turn: Transaction, account: MailAccountId, name: str, special_use: SpecialUse | None, modseq: ModSeq
) -> MailboxId:
    """Makes an empty mailbox with a fresh UIDVALIDITY."""
    turn.connection.execute(
        "INSERT INTO mailbox (account, name, special_use, uid_validity, modseq) VALUES (?, ?, ?, ?, ?)",
        (account, name, special_use, take_uid_validity(turn, account), modseq),
    )
    return MailboxId(turn.connection.last_insert_rowid())


def set_name(turn: Transaction, mailbox: MailboxId, name: str) -> None:
    """Renames one row."""
    turn.connection.execute("UPDATE mailbox SET name = ? WHERE id = ?", (name, mailbox))


def drop_mailbox(turn: Transaction, account: MailAccountId, mailbox: MailboxId) -> None:
    """Removes the row and what programs noted of it; its messages were removed before."""
    turn.connection.execute("DELETE FROM metadata WHERE account = ? AND mailbox = ?", (account, mailbox))
    turn.connection.execute("DELETE FROM expunged WHERE mailbox = ?", (mailbox,))
    turn.connection.execute("DELETE FROM mailbox WHERE id = ?", (mailbox,))


def set_subscribed(turn: Transaction, account: MailAccountId, name: str, *, subscribed: bool) -> None:
    """Adds or drops a name among those subscribed to."""
    if subscribed:
        turn.connection.execute("INSERT OR IGNORE INTO subscription VALUES (?, ?)", (account, name))
    else:
        turn.connection.execute("DELETE FROM subscription WHERE account = ? AND name = ?", (account, name))


def list_subscribed_names(connection: apsw.Connection, account: MailAccountId) -> list[str]:
    """Names subscribed to, by name."""
    rows = connection.execute("SELECT name FROM subscription WHERE account = ? ORDER BY name", (account,))
    return [name for (name,) in rows]


@dataclass(slots=True)
class Counted:
    """What a change adds to a mailbox's counts; negative takes away."""

    messages: int = 0
    unseen: int = 0
    deleted: int = 0
    size_bytes: int = 0

    def add(self, size_bytes: int, is_unseen: int, is_deleted: int, *, sign: int = 1) -> None:
        """Counts one message in or, with sign -1, out."""
        self.messages += sign
        self.unseen += sign * is_unseen
        self.deleted += sign * is_deleted
        self.size_bytes += sign * size_bytes


def count(turn: Transaction, mailbox: MailboxId, counted: Counted, modseq: ModSeq) -> None:
    """Brings the mailbox's counts and modseq up to date."""
    turn.connection.execute(
        "UPDATE mailbox SET message_count = message_count + ?, unseen_count = unseen_count + ?,"
        " deleted_count = deleted_count + ?, size_bytes = size_bytes + ?, modseq = ? WHERE id = ?",
        (counted.messages, counted.unseen, counted.deleted, counted.size_bytes, modseq, mailbox),
    )


def take_uids(turn: Transaction, account: MailAccountId, mailbox: MailboxId, count: int) -> tuple[Uid, int]:
    """The first of `count` UIDs in a row, and the UIDVALIDITY. Raises MailboxGone."""
    row = find_row(
        turn.connection,
        "UPDATE mailbox SET uid_next = uid_next + ?3 WHERE account = ?1 AND id = ?2 RETURNING uid_next - ?3, uid_validity",
        (account, mailbox, count),
    )
    if row is None:
        raise MailboxGone(mailbox=mailbox)
    return row


def find_inbox(connection: apsw.Connection, account: MailAccountId) -> MailboxId:
    """INBOX. Raises MailboxGone when the mail account is not there."""
    found = find_value(connection, "SELECT id FROM mailbox WHERE account = ? AND name = 'INBOX'", (account,))
    if found is None:
        raise MailboxGone(account=account)
    return MailboxId(found)


def learn_keywords(turn: Transaction, mailbox: MailboxId, flags: Iterable[str]) -> dict[str, str]:
    """Makes keywords known in a mailbox: as given -> in the spelling first seen there. Raises KeywordRefused."""
    wanted = list_keywords(flags)
    if not wanted:
        return {}
    text: str = find_value(turn.connection, "SELECT keywords FROM mailbox WHERE id = ?", (mailbox,)) or ""
    known = {keyword.lower(): keyword for keyword in text.split()}
    if all(keyword.lower() in known for keyword in wanted):
        return {keyword: known[keyword.lower()] for keyword in wanted}
    if len(known) + len(wanted) > Limits.KEYWORDS_PER_MAILBOX:
        known = _find_used_keywords(turn.connection, mailbox)
    spelled = {keyword: known.setdefault(keyword.lower(), keyword) for keyword in wanted}
    if len(known) > Limits.KEYWORDS_PER_MAILBOX:
        raise KeywordRefused(why="too-many", keyword=wanted[0])
    turn.connection.execute("UPDATE mailbox SET keywords = ? WHERE id = ?", (" ".join(known.values()), mailbox))
    return spelled


def _find_used_keywords(connection: apsw.Connection, mailbox: MailboxId) -> dict[str, str]:
    rows = connection.execute("SELECT DISTINCT flags FROM message WHERE mailbox = ?", (mailbox,))
    return {keyword.lower(): keyword for (flags,) in rows for keyword in list_keywords(flags.split())}
