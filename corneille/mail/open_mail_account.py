"""The gate: nobody's mail is opened but through here."""

from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailAccountId
from corneille.kernel.refusal import Gone
from corneille.mail import queries, store
from corneille.mail.models import MailAccount as MailAccountRow
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import MailAccount


def open_mail_account(account: AccountId) -> MailAccount:
    """The person's own mail account. Raises Gone when there is none (ORM: call it through the bridge)."""
    found = queries.find_mail_account(account)
    if found is None:
        raise Gone(account=account)
    return found


def create_mail_account(account: AccountId, *, quota_bytes: int) -> MailAccount:
    """Makes a person's mail account with INBOX, Drafts, Sent, Junk, Trash and Archive. Blocks until durable.

    Safe to run again: what an interrupted run left out is made, what is there stays.
    """
    row, _ = MailAccountRow.objects.get_or_create(
        owner_id=account, defaults={"quota_bytes": quota_bytes, "created_at": clock.now()}
    )
    made = MailAccount(MailAccountId(row.pk), row.shard)
    store.current().shard(made.shard).submit(lambda turn: begin_mail_account(turn, made.id, row.quota_bytes)).result()
    return made
