"""The gate: nobody's mail is opened but through here."""

from collections.abc import Sequence

from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailAccountId
from corneille.kernel.refusal import Gone
from corneille.mail import queries, store
from corneille.mail.models import MailAccount as MailAccountRow
from corneille.mail.settings import find_quota_bytes
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import MailAccount
from corneille.people.find import find_standing_of


def open_mail_account(account: AccountId) -> MailAccount:
    """The person's own mail account. Raises Gone when there is none (ORM: call it through the bridge)."""
    found = queries.find_mail_account(account)
    if found is None:
        raise Gone(account=account)
    return found


def open_mail_accounts(accounts: Sequence[AccountId]) -> dict[AccountId, MailAccount]:
    """Those of some hundreds of people at once; who has none is left out."""
    return queries.list_mail_accounts_of(accounts)


def create_mail_account(account: AccountId, *, quota_bytes: int | None = None) -> MailAccount:
    """Makes a person's mail account with INBOX, Drafts, Sent, Junk, Trash and Archive. Blocks until durable.

    Safe to run again: what an interrupted run left out is made, what is there stays.

    quota_bytes  for this one alone; None: what the settings say for its type, also once they are changed
    raises       Gone: no such account
    """
    standing = find_standing_of(account)
    if standing is None:
        raise Gone(account=account)
    told = {
        "quota_bytes": find_quota_bytes(standing.type) if quota_bytes is None else quota_bytes,
        "has_own_quota": quota_bytes is not None, "created_at": clock.now(),
    }  # fmt: skip
    row, _ = MailAccountRow.objects.get_or_create(owner_id=account, defaults=told)
    made = MailAccount(MailAccountId(row.pk), row.shard)
    store.current().shard(made.shard).submit(lambda turn: begin_mail_account(turn, made.id, row.quota_bytes)).result()
    return made
