"""Takes messages away in one step, whatever their flags: what pages do where a mail program flags, then expunges."""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.message import list_placed, remove_messages
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import MailAccount


def remove(
    account: MailAccount, mailbox: MailboxId, uids: Sequence[Uid], *, for_good: bool = False
) -> "Future[tuple[Uid, ...]]":
    """Removes these messages in one transaction; resolves to the UIDs that were still there. Refuses MailboxGone.

    for_good  its owner cannot put it back: a campaign that was removed, a draft that was sent, a notice replaced
    """

    def apply(turn: Transaction) -> tuple[Uid, ...]:
        check_mailbox(turn.connection, account.id, mailbox)
        messages = list_placed(turn.connection, mailbox, uids)
        if messages:
            remove_messages(turn, account.id, mailbox, messages, turn.next_modseq(account.id), for_good=for_good)
        return tuple(each.uid for each in messages)

    return store.current().shard(account.shard).submit(apply)
