"""Removing messages, marked \\Deleted or not: what pages and programs of ours do where IMAP flags and expunges."""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailAccountId, MailboxId, Uid
from corneille.mail import store
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.message import list_placed, remove_messages
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import MailAccount


def remove(
    account: MailAccount, mailbox: MailboxId, uids: Sequence[Uid], *, for_good: bool = False
) -> "Future[tuple[Uid, ...]]":
    """Removes these messages; resolves to the UIDs that were there. Refuses MailboxGone.

    for_good  its owner cannot put it back: a campaign that was removed, a draft that was sent, a notice replaced
    """

    def apply(turn: Transaction) -> tuple[Uid, ...]:
        return remove_within(turn, account.id, mailbox, uids, for_good=for_good)

    return store.current().shard(account.shard).submit(apply)


def remove_within(
    turn: Transaction, account: MailAccountId, mailbox: MailboxId, uids: Sequence[Uid], *, for_good: bool
) -> tuple[Uid, ...]:
    """The same as a part of a transaction. Raises MailboxGone."""
    check_mailbox(turn.connection, account, mailbox)
    messages = list_placed(turn.connection, mailbox, uids)
    if messages:
        remove_messages(turn, account, mailbox, messages, turn.next_modseq(account), for_good=for_good)
    return tuple(each.uid for each in messages)
