"""The log of changes, and waiting for it."""

from collections.abc import Callable

from corneille.kernel.ids import MailboxId, ModSeq
from corneille.mail.values import Changes, MailAccount, Quota


def list_changes(account: MailAccount, mailbox: MailboxId, since: ModSeq) -> Changes:
    """What happened in a mailbox after `since`. Never raises for a mailbox that has gone: `is_gone` says it."""
    raise NotImplementedError


def watch(account: MailAccount, call: Callable[[], None]) -> Callable[[], None]:
    """Calls `call`, from any thread, after each commit to this mail account in any process; returns how to stop."""
    raise NotImplementedError


def get_quota(account: MailAccount) -> Quota:
    """What is used and allowed."""
    raise NotImplementedError
