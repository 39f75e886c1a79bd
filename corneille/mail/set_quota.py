"""Changes how much a mail account may hold; effective at once in every process."""

from datetime import datetime

from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.mail import store
from corneille.mail.models import MailAccount
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.store.mail_account import set_quota as write_quota


def set_quota(account: AccountId, quota_bytes: int, now: datetime, *, actor: str, is_own: bool = True) -> None:
    """Sets the quota of a mail account; below what it holds already, nothing is lost and nothing more comes in.

    is_own  it is for this one alone, and stays whatever the settings say for its type
    raises  Gone: the account has no mail
    """
    opened = open_mail_account(account)
    with transaction.atomic():
        MailAccount.objects.filter(pk=opened.id).update(quota_bytes=quota_bytes, has_own_quota=is_own)
        told: dict[str, journal.Value] = {"size": f"{quota_bytes // 1024**2} MiB"}
        journal.append("quota-changed", actor=actor, subject=account, data=told, now=now)
    store.current().shard(opened.shard).submit(lambda turn: write_quota(turn, opened.id, quota_bytes)).result()
