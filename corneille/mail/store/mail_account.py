"""The table `mail_account`: quota, and the counters that everything in a mail account takes its numbers from."""

from collections.abc import Iterable

import apsw

from corneille.kernel.ids import MailAccountId, ModSeq
from corneille.kernel.refusal import Gone
from corneille.mail.store.sql import find_row, find_value, list_rows, number_list
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import OverQuota, Quota


def add_mail_account(turn: Transaction, account: MailAccountId, quota_bytes: int) -> bool:
    """Makes the row; False when it is there already.

    UIDVALIDITY begins at the time and goes up by one for each mailbox, so that an index rebuilt later never gives a
    value again.
    """
    turn.connection.execute(
        "INSERT INTO mail_account (id, quota_bytes, next_uid_validity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (account, quota_bytes, turn.now_s),
    )
    return turn.connection.changes() == 1


def take_uid_validity(turn: Transaction, account: MailAccountId) -> int:
    """A UIDVALIDITY that this mail account never used."""
    given: int | None = find_value(
        turn.connection,
        "UPDATE mail_account SET next_uid_validity = next_uid_validity + 1 WHERE id = ? RETURNING next_uid_validity - 1",
        (account,),
    )
    if given is None:
        raise Gone(account=account)
    return given


def take_numbers(turn: Transaction, account: MailAccountId, count: int) -> int:
    """The first of `count` message numbers in a row."""
    first: int = find_value(
        turn.connection,
        "UPDATE mail_account SET next_number = next_number + ?2 WHERE id = ?1 RETURNING next_number - ?2",
        (account, count),
    )
    return first


def add_usage(turn: Transaction, account: MailAccountId, size_bytes: int, message_count: int) -> None:
    """Counts what was added. Raises OverQuota when it does not fit."""
    is_over = find_value(
        turn.connection,
        "UPDATE mail_account SET used_bytes = used_bytes + ?2, message_count = message_count + ?3 WHERE id = ?1"
        " RETURNING used_bytes > quota_bytes",
        (account, size_bytes, message_count),
    )
    if is_over is None:
        raise Gone(account=account)
    if is_over:
        raise OverQuota(account=account)


def take_for_message(
    turn: Transaction, account: MailAccountId, size_bytes: int, *, is_ours: bool
) -> tuple[ModSeq, int]:
    """One message's modseq and number, and its place in the quota, in one statement. Raises Gone, OverQuota."""
    row = find_row(
        turn.connection,
        "UPDATE mail_account SET used_bytes = used_bytes + ?2, message_count = message_count + 1, modseq = modseq + 1,"
        " next_number = next_number + 1 WHERE id = ?1 RETURNING modseq, next_number - 1, used_bytes > quota_bytes",
        (account, size_bytes),
    )
    if row is None:
        raise Gone(account=account)
    modseq, number, is_over = row
    if is_over and not is_ours:
        raise OverQuota(account=account)
    turn.touched.add(account)
    return modseq, number


def check_room(connection: apsw.Connection, account: MailAccountId, size_bytes: int) -> None:
    """Raises OverQuota early, before contents are written; `add_usage` is the check that counts."""
    quota = get_quota(connection, account)
    if quota.used_bytes + size_bytes > quota.limit_bytes:
        raise OverQuota(account=account)


def drop_usage(turn: Transaction, account: MailAccountId, size_bytes: int, message_count: int) -> None:
    """Counts what went; never refused, even above the quota."""
    turn.connection.execute(
        "UPDATE mail_account SET used_bytes = used_bytes - ?2, message_count = message_count - ?3 WHERE id = ?1",
        (account, size_bytes, message_count),
    )


def set_quota(turn: Transaction, account: MailAccountId, quota_bytes: int) -> None:
    """Changes what the account may hold; what is there already stays."""
    turn.connection.execute("UPDATE mail_account SET quota_bytes = ? WHERE id = ?", (quota_bytes, account))


def get_quota(connection: apsw.Connection, account: MailAccountId) -> Quota:
    """What is used and allowed. Raises Gone."""
    row = find_row(connection, "SELECT used_bytes, quota_bytes, message_count FROM mail_account WHERE id = ?", (account,))
    if row is None:
        raise Gone(account=account)
    return Quota(*row)


def list_quotas(
    connection: apsw.Connection, least_percent: int, others: Iterable[int]
) -> list[tuple[MailAccountId, Quota]]:
    """What is used and allowed where it is at least this share, and of `others`."""
    rows = list_rows(
        connection,
        "SELECT id, used_bytes, quota_bytes, message_count FROM mail_account"
        " WHERE used_bytes * 100 >= quota_bytes * ? OR id IN (SELECT value FROM carray(?))",
        (least_percent, number_list(others)),
    )
    return [(MailAccountId(row[0]), Quota(*row[1:])) for row in rows]
