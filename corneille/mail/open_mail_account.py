"""The gate: nobody's mail is opened but through here."""

from corneille.kernel.ids import AccountId
from corneille.mail.values import MailAccount


def open_mail_account(account: AccountId) -> MailAccount:
    """The person's own mail account. Raises Gone when there is none (ORM: call it through the bridge)."""
    raise NotImplementedError


def create_mail_account(account: AccountId, *, quota_bytes: int) -> MailAccount:
    """Makes a person's mail account with INBOX, Drafts, Sent, Junk, Trash and Archive. Blocks until durable."""
    raise NotImplementedError
