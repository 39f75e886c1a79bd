"""Copying, moving, expunging."""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.message import (
    copy_messages,
    list_deleted,
    list_placed,
    move_messages,
    remove_messages,
)
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import MailAccount, Moved


def copy(account: MailAccount, source: MailboxId, uids: Sequence[Uid], target: MailboxId) -> "Future[Moved]":
    """Copies messages with their flags, all or none (RFC 9051 §6.4.7). Refuses MailboxGone, OverQuota."""

    def apply(turn: Transaction) -> Moved:
        check_mailbox(turn.connection, account.id, source)
        messages = list_placed(turn.connection, source, uids)
        modseq = turn.next_modseq(account.id)
        uid_validity, given = copy_messages(turn, account.id, messages, target, modseq)
        return Moved(target, uid_validity, tuple(each.uid for each in messages), tuple(given), modseq)

    return store.current().shard(account.shard).submit(apply)


def move(account: MailAccount, source: MailboxId, uids: Sequence[Uid], target: MailboxId) -> "Future[Moved]":
    """Moves messages, all or none (RFC 6851); they keep their ids. Refuses MailboxGone."""

    def apply(turn: Transaction) -> Moved:
        check_mailbox(turn.connection, account.id, source)
        messages = list_placed(turn.connection, source, uids)
        modseq = turn.next_modseq(account.id)
        uid_validity, given = move_messages(turn, account.id, source, messages, target, modseq)
        return Moved(target, uid_validity, tuple(each.uid for each in messages), tuple(given), modseq)

    return store.current().shard(account.shard).submit(apply)


def expunge(
    account: MailAccount, mailbox: MailboxId, uids: Sequence[Uid] | None = None
) -> "Future[tuple[Uid, ...]]":
    """Removes the messages marked \\Deleted, among `uids` if given; resolves to the UIDs that went."""

    def apply(turn: Transaction) -> tuple[Uid, ...]:
        check_mailbox(turn.connection, account.id, mailbox)
        messages = list_deleted(turn.connection, mailbox, uids)
        if messages:
            remove_messages(turn, account.id, mailbox, messages, turn.next_modseq(account.id))
        return tuple(each.uid for each in messages)

    return store.current().shard(account.shard).submit(apply)
