"""Questions that `verify` asks of the index, and the answers that set it right again."""

from collections.abc import Iterator
from contextlib import suppress

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId, MessageId
from corneille.kernel.refusal import Gone
from corneille.mail import flags as flag_words
from corneille.mail.store.expunged import remember
from corneille.mail.store.mailbox import Counted, count, find_inbox, take_uids
from corneille.mail.store.sql import Row, find_row, find_value, list_rows
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.words import note_gone

_COUNTED = """
  SELECT count(*), coalesce(sum(is_unseen), 0), coalesce(sum(is_deleted), 0), coalesce(sum(size_bytes), 0),
    coalesce(max(uid), 0), coalesce(max(modseq), 0)
  FROM message WHERE mailbox = ?
"""


def list_accounts(connection: apsw.Connection) -> list[MailAccountId]:
    """Every mail account of the shard."""
    return [MailAccountId(id_) for (id_,) in list_rows(connection, "SELECT id FROM mail_account ORDER BY id")]


def list_mailbox_ids(connection: apsw.Connection, account: MailAccountId) -> list[MailboxId]:
    """Every mailbox of a mail account."""
    return [MailboxId(id_) for (id_,) in list_rows(connection, "SELECT id FROM mailbox WHERE account = ?", (account,))]


def is_mailbox_wrong(connection: apsw.Connection, mailbox: MailboxId) -> str | None:
    """Which number of a mailbox contradicts its messages: counts, uid-next or modseq."""
    told = find_row(
        connection,
        "SELECT message_count, unseen_count, deleted_count, size_bytes, uid_next, modseq FROM mailbox WHERE id = ?",
        (mailbox,),
    )
    counted = find_row(connection, _COUNTED, (mailbox,))
    if told is None or counted is None:
        return None
    if told[:4] != counted[:4]:
        return "counts"
    if told[4] <= counted[4]:
        return "uid-next"
    return "modseq" if told[5] < counted[5] else None


def mend_mailbox(turn: Transaction, account: MailAccountId, mailbox: MailboxId) -> None:
    """Counts again; UIDs and modification sequences only ever go up."""
    counted = find_row(turn.connection, _COUNTED, (mailbox,))
    if counted is None:
        return
    turn.connection.execute(
        "UPDATE mail_account SET modseq = max(modseq, ?) WHERE id = ?",
        (counted[5], account),
    )
    turn.connection.execute(
        "UPDATE mailbox SET message_count = ?, unseen_count = ?, deleted_count = ?, size_bytes = ?,"
        " uid_next = max(uid_next, ? + 1), modseq = ? WHERE id = ?",
        (*counted[:5], turn.next_modseq(account), mailbox),
    )


def is_account_wrong(connection: apsw.Connection, account: MailAccountId) -> str | None:
    """Which number of a mail account contradicts its mailboxes: quota, modseq or number."""
    told = find_row(
        connection,
        "SELECT used_bytes, message_count, modseq, next_number FROM mail_account WHERE id = ?",
        (account,),
    )
    counted = find_row(connection, _ACCOUNT, (account,))
    if told is None or counted is None:
        return None
    if told[:2] != counted[:2]:
        return "quota"
    if told[2] < counted[2]:
        return "modseq"
    return "number" if told[3] <= _find_last_number(connection, account) else None


def mend_account(turn: Transaction, account: MailAccountId) -> None:
    """Counts again from the mailboxes."""
    counted = find_row(turn.connection, _ACCOUNT, (account,))
    if counted is not None:
        turn.connection.execute(
            "UPDATE mail_account SET used_bytes = ?, message_count = ?, modseq = max(modseq, ?),"
            " next_number = max(next_number, ?) WHERE id = ?",
            (*counted, _find_last_number(turn.connection, account) + 1, account),
        )


_ACCOUNT = """
  SELECT coalesce(sum(size_bytes), 0), coalesce(sum(message_count), 0), coalesce(max(modseq), 0)
  FROM mailbox WHERE account = ?
"""


def _find_last_number(connection: apsw.Connection, account: MailAccountId) -> int:
    last = find_row(
        connection,
        "SELECT coalesce(max(id), 0) FROM message WHERE id >= ? AND id < ?",
        (account << 32, (account + 1) << 32),
    )
    return int(last[0]) & 0xFFFFFFFF if last is not None else 0


def list_wrong_flags(connection: apsw.Connection, mailbox: MailboxId) -> list[int]:
    """Messages whose two flag columns do not say what their flags say."""
    kinds = list_rows(connection, "SELECT DISTINCT flags, is_unseen, is_deleted FROM message WHERE mailbox = ?", (mailbox,))
    wrong: list[int] = []
    for flags, unseen, deleted in kinds:
        said = flags.split()
        if (bool(unseen), bool(deleted)) != (flag_words.is_unseen(said), flag_words.is_deleted(said)):
            rows = list_rows(
                connection,
                "SELECT id FROM message WHERE mailbox = ? AND flags = ? AND is_unseen = ? AND is_deleted = ?",
                (mailbox, flags, unseen, deleted),
            )
            wrong += [id_ for (id_,) in rows]
    return wrong


def mend_flags(turn: Transaction, messages: list[int]) -> None:
    """Sets the two columns from the flags."""
    turn.connection.executemany(
        "UPDATE message SET is_unseen = instr(flags, '\\Seen') = 0, is_deleted = instr(flags, '\\Deleted') > 0 WHERE id = ?",
        [(message,) for message in messages],
    )


def list_stray_messages(connection: apsw.Connection) -> list[int]:
    """Messages without a mailbox of their own account, or without a content."""
    rows = list_rows(
        connection,
        "SELECT m.id FROM message m LEFT JOIN mailbox b ON b.id = m.mailbox AND b.account = m.id >> 32"
        " LEFT JOIN content c ON c.id = m.content WHERE b.id IS NULL OR c.id IS NULL",
    )
    return [id_ for (id_,) in rows]


def mend_stray(turn: Transaction, message: int) -> bool:
    """Puts a message without a mailbox into INBOX; one without a content goes: its record, if there is one, has no row
    and is filed again. False when its mail account is not there.
    """
    row = find_row(
        turn.connection,
        "SELECT m.is_unseen, m.is_deleted, m.size_bytes, c.id, m.uid, b.id FROM message m"
        " LEFT JOIN content c ON c.id = m.content"
        " LEFT JOIN mailbox b ON b.id = m.mailbox AND b.account = m.id >> 32 WHERE m.id = ?",
        (message,),
    )
    if row is None:
        return True
    is_unseen, is_deleted, size_bytes, content, uid, mailbox = row
    account = MailAccountId(message >> 32)
    if content is None:
        turn.connection.execute("DELETE FROM message WHERE id = ?", (message,))
        note_gone(turn, [MessageId(message)])
        with suppress(Gone):  # programs drop it too; its mailbox is counted again by itself
            if mailbox is not None:
                modseq = turn.next_modseq(account)
                count(turn, mailbox, Counted(), modseq)
                remember(turn, mailbox, modseq, [uid])
        return True
    try:
        inbox = find_inbox(turn.connection, account)
        uid, _ = take_uids(turn, account, inbox, 1)
        modseq = turn.next_modseq(account)
    except Gone:
        return False
    turn.connection.execute(
        "UPDATE message SET mailbox = ?, uid = ?, modseq = ?4, added_modseq = ?4 WHERE id = ?3",
        (inbox, uid, message, modseq),
    )
    count(turn, inbox, Counted(1, is_unseen, is_deleted, size_bytes), modseq)
    return True


def list_stray_marks(connection: apsw.Connection) -> list[tuple[int, int, int]]:
    """(reader, mailbox, message) of what a reader is said to have read and is not there."""
    return list_rows(
        connection,
        "SELECT s.reader, s.mailbox, s.message FROM seen s LEFT JOIN message m ON m.id = s.message AND m.mailbox = s.mailbox"
        " WHERE m.id IS NULL",
    )


def mend_marks(turn: Transaction, marks: list[tuple[int, int, int]]) -> None:
    """Drops them: the message, wherever it is, is unread to that reader."""
    turn.connection.executemany("DELETE FROM seen WHERE reader = ? AND mailbox = ? AND message = ?", marks)


def list_contents(connection: apsw.Connection, slice_rows: int) -> Iterator[list[Row]]:
    """(id, segment, offset, size_bytes, digest, place_count, places counted) of every content, in slices."""
    after = 0
    while rows := list_rows(
        connection,
        "SELECT id, segment, offset, size_bytes, digest, place_count,"
        " (SELECT count(*) FROM message m WHERE m.content = content.id) FROM content WHERE id > ? ORDER BY id LIMIT ?",
        (after, slice_rows),
    ):
        yield rows
        after = rows[-1][0]


def count_contents(connection: apsw.Connection) -> int:
    """How many contents there are."""
    return int(find_value(connection, "SELECT count(*) FROM content"))


def list_places(connection: apsw.Connection, content: int) -> list[int]:
    """The messages that have a content."""
    return [id_ for (id_,) in list_rows(connection, "SELECT id FROM message WHERE content = ?", (content,))]


def list_claimed_offsets(connection: apsw.Connection, segment: int) -> set[int]:
    """Where the contents in use of a segment begin."""
    rows = list_rows(connection, "SELECT offset FROM content WHERE segment = ? AND place_count > 0", (segment,))
    return {offset for (offset,) in rows}


def list_known_offsets(connection: apsw.Connection, segment: int) -> set[int]:
    """Where the records of a segment begin that have a row: contents in use or not, and their copies."""
    rows = list_rows(
        connection,
        "SELECT offset FROM content WHERE segment = ?1 UNION ALL SELECT offset FROM spare WHERE segment = ?1",
        (segment,),
    )
    return {offset for (offset,) in rows}


def mend_place_count(turn: Transaction, content: int) -> None:
    """Counts a content's places again."""
    turn.connection.execute(
        "UPDATE content SET place_count = (SELECT count(*) FROM message m WHERE m.content = content.id) WHERE id = ?",
        (content,),
    )
    turn.connection.execute(
        "UPDATE content SET emptied_at = iif(place_count = 0, ?, NULL) WHERE id = ?", (turn.now_s, content)
    )


def find_corruption(connection: apsw.Connection) -> str | None:
    """What SQLite itself finds wrong with the file, in its words."""
    told = find_row(connection, "PRAGMA quick_check(1)")
    return None if told is None or told[0] == "ok" else str(told[0])
