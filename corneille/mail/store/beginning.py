"""A new mail account: its row, its first mailboxes."""

from corneille.kernel.ids import MailAccountId
from corneille.mail.names import INBOX
from corneille.mail.store.mail_account import add_mail_account
from corneille.mail.store.mailbox import add_mailbox, set_subscribed
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SpecialUse

FIRST_MAILBOXES = (
    (INBOX, None),
    ("Drafts", SpecialUse.DRAFTS),
    ("Sent", SpecialUse.SENT),
    ("Junk", SpecialUse.JUNK),
    ("Trash", SpecialUse.TRASH),
    ("Archive", SpecialUse.ARCHIVE),
)
"""English on the wire, as programs expect; pages name them by their special use."""


def begin_mail_account(turn: Transaction, account: MailAccountId, quota_bytes: int) -> None:
    """Makes what every mail account begins with; one that is there already stays as it is."""
    if not add_mail_account(turn, account, quota_bytes):
        return
    modseq = turn.next_modseq(account)
    for name, special_use in FIRST_MAILBOXES:
        add_mailbox(turn, account, name, special_use, modseq)
        set_subscribed(turn, account, name, subscribed=True)
