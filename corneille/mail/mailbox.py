"""Mailboxes: list, find, view, create, rename, delete, subscribe."""

from concurrent.futures import Future

from corneille.kernel.ids import MailboxId
from corneille.mail.values import MailAccount, Mailbox, SpecialUse, View


def list_mailboxes(account: MailAccount) -> list[Mailbox]:
    """Every mailbox, INBOX first, then by name."""
    raise NotImplementedError


def find_mailbox(account: MailAccount, name: str) -> Mailbox | None:
    """The mailbox of that name; INBOX in any case."""
    raise NotImplementedError


def get_mailbox(account: MailAccount, mailbox: MailboxId) -> Mailbox:
    """The mailbox now. Raises MailboxGone."""
    raise NotImplementedError


def view_mailbox(account: MailAccount, mailbox: MailboxId) -> View:
    """The mailbox with all its UIDs, from a cache stamped with its modseq. Raises MailboxGone."""
    raise NotImplementedError


def create_mailbox(account: MailAccount, name: str, special_use: SpecialUse | None = None) -> "Future[Mailbox]":
    """Makes a mailbox and the missing levels above it, with a UIDVALIDITY never used before under this name."""
    raise NotImplementedError


def rename_mailbox(account: MailAccount, name: str, new_name: str) -> "Future[Mailbox]":
    """Renames a mailbox and all below it; renaming INBOX moves its messages to a new mailbox (RFC 9051 §6.3.6)."""
    raise NotImplementedError


def delete_mailbox(account: MailAccount, name: str) -> "Future[None]":
    """Deletes a mailbox and its messages. Raises MailboxGone, MailboxKept; one with children: RFC 9051 §6.3.5."""
    raise NotImplementedError


def subscribe(account: MailAccount, name: str, *, subscribed: bool) -> "Future[None]":
    """Marks a mailbox as subscribed or not. Raises MailboxGone."""
    raise NotImplementedError


def list_subscribed_names(account: MailAccount) -> list[str]:
    """Names subscribed to, also those whose mailbox has gone (RFC 9051 §6.3.9.4)."""
    raise NotImplementedError
