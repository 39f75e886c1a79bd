"""Copying, moving, expunging."""

from collections.abc import Sequence
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.values import MailAccount, Moved


def copy(account: MailAccount, source: MailboxId, uids: Sequence[Uid], target: MailboxId) -> "Future[Moved]":
    """Copies messages with their flags, all or none (RFC 9051 §6.4.7). Refuses MailboxGone, OverQuota."""
    raise NotImplementedError


def move(account: MailAccount, source: MailboxId, uids: Sequence[Uid], target: MailboxId) -> "Future[Moved]":
    """Moves messages, all or none (RFC 6851)."""
    raise NotImplementedError


def expunge(account: MailAccount, mailbox: MailboxId, uids: Sequence[Uid] | None = None) -> "Future[tuple[Uid, ...]]":
    """Removes for good the messages marked \\Deleted, among `uids` if given; resolves to the UIDs that went."""
    raise NotImplementedError
