"""Carrying messages from one mail account to another: they are filed anew, so that a rebuild finds them there.

Both steps read everything at once: they are for who has a thread of their own.
"""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail.append import append
from corneille.mail.fetch import fetch, read_contents
from corneille.mail.remove import remove_within
from corneille.mail.settings import MailSettings
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import Filed, MailAccount, NewMessage, Row


class TooMuchToCarry(Refusal):
    """More octets than are held in memory at once; data["limit_bytes"]."""

    code = "too-much-to-carry"


def choose_carried(source: MailAccount, mailbox: MailboxId, uids: Sequence[Uid]) -> list[Row]:
    """Those of these messages that are there, as the reader sees them. Refuses TooMuchToCarry, MailboxGone."""
    rows = [row for rows in fetch(source, mailbox, [(uid, uid) for uid in uids]) for row in rows]
    limit_bytes = 2 * of(MailSettings).message_bytes
    if sum(row.size_bytes for row in rows) > limit_bytes:
        raise TooMuchToCarry(limit_bytes=limit_bytes)
    return rows


def carry(
    source: MailAccount, rows: Sequence[Row], target: MailAccount, target_mailbox: MailboxId,
    *, leaves: MailboxId | None = None,
) -> "Future[tuple[Filed, ...]]":  # fmt: skip
    """Copies messages into another mail account of the same shard (there is one so far), all or none, with their flags.

    leaves   the mailbox in which they then are no more, in the same transaction: never in both, never in neither
    refuses  Gone, MailboxGone, StorageFault, and what `append` refuses
    """

    def leave(turn: Transaction) -> None:
        if leaves is not None:
            gone = remove_within(turn, source.id, leaves, [row.uid for row in rows], for_good=False)
            if len(gone) < len(rows):  # another session moved or expunged one meanwhile: it is not to stand there again
                raise Gone(mailbox=leaves)

    messages = [
        NewMessage(content, row.received_at, frozenset(row.flags.split())) for row, content in read_contents(source, rows)
    ]
    return append(target, target_mailbox, messages, together_with=leave)
