"""Carrying messages from one mail account to another: they are filed anew, so that a rebuild finds them there."""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.mail.append import append
from corneille.mail.fetch import fetch, read_contents
from corneille.mail.settings import MailSettings
from corneille.mail.values import Filed, MailAccount, NewMessage


class TooMuchToCarry(Refusal):
    """More octets than are held in memory at once; data["limit_bytes"]."""

    code = "too-much-to-carry"


def carry(
    source: MailAccount, mailbox: MailboxId, uids: Sequence[Uid], target: MailAccount, target_mailbox: MailboxId
) -> "tuple[tuple[Uid, ...], Future[tuple[Filed, ...]]]":
    """Copies messages into another mail account, all or none, with their flags as the reader sees them.

    returns  the UIDs that are copied, and their new places once these are durable
    refuses  TooMuchToCarry, MailboxGone, and what `append` refuses
    """
    rows = [row for rows in fetch(source, mailbox, [(uid, uid) for uid in uids]) for row in rows]
    limit_bytes = 2 * of(MailSettings).message_bytes
    if sum(row.size_bytes for row in rows) > limit_bytes:
        raise TooMuchToCarry(limit_bytes=limit_bytes)
    messages = [
        NewMessage(content, row.received_at, frozenset(row.flags.split())) for row, content in read_contents(source, rows)
    ]
    return tuple(row.uid for row in rows), append(target, target_mailbox, messages)
