"""Messages that no session has been told of: what IMAP4rev1 calls \\Recent (RFC 3501 §2.3.2)."""

from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.store import recent as table
from corneille.mail.values import MailAccount, Mailbox


def find_first_recent(account: MailAccount, mailbox: Mailbox) -> Uid:
    """The first UID that nobody has claimed."""
    return store.current().shard(account.shard).recent.first(mailbox.id, mailbox.first_recent)


def claim_recent(account: MailAccount, mailbox: MailboxId, written: Uid, uid_next: Uid) -> Uid:
    """Claims all messages below `uid_next` for the caller; returns the first that is its own.

    written  `first_recent` as the mailbox said it, however long ago
    """
    return store.current().shard(account.shard).recent.claim(mailbox, written, uid_next)


def keep_claims(account: MailAccount, mailbox: MailboxId, uid_next: Uid) -> "Future[None]":
    """Writes that all below `uid_next` were claimed. Nothing needs to wait for it."""
    return store.current().shard(account.shard).submit(lambda turn: table.set_first_recent(turn, mailbox, uid_next))


def count_recent(account: MailAccount, mailbox: Mailbox) -> int:
    """How many messages nobody has claimed."""
    first = find_first_recent(account, mailbox)
    if first >= mailbox.uid_next:
        return 0
    return table.count_from(store.current().shard(account.shard).reader(), mailbox.id, first)
