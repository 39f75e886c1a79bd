"""Warns people whose mail account fills up, long before anything is refused, and when something was."""

from datetime import datetime

from django.db import transaction

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.mail import store
from corneille.mail.fullness import choose_step, find_percent
from corneille.mail.models import MailAccount
from corneille.mail.settings import list_warned_percents
from corneille.mail.store.mail_account import list_quotas


def warn_nearly_full(now: datetime) -> int:
    """Tells each person whose mail account has crossed a step since the last look; gives how many were told."""
    steps = list_warned_percents()
    warned = dict(MailAccount.objects.filter(warned_percent__gt=0).values_list("id", "warned_percent"))
    opened = store.current()
    count = 0
    for number in opened.list_shards():
        for account, quota in list_quotas(opened.shard(number).reader(), min(steps), frozenset(warned)):
            told = warned.get(account, 0)
            step = choose_step(find_percent(quota), told, steps)
            if step != told:
                count += _tell(account, told, step, find_percent(quota), now)
    return count


def _tell(account: int, told: int, step: int, percent: int, now: datetime) -> bool:
    """Notes the step, and adds the notice when it is a higher one; another process may have been first."""
    with transaction.atomic():
        rows = MailAccount.objects.filter(pk=account, warned_percent=told)
        owner = rows.values_list("owner", flat=True).first()
        if not rows.update(warned_percent=step) or step < told or owner is None:
            return False
        key = f"mail-nearly-full/{account}/{step}/{now.isoformat()}"
        return outbox.add_notice(AccountId(owner), "mail-nearly-full", {"percent": percent}, now, key=key)


def tell_refused(owner: AccountId, now: datetime) -> None:
    """Says, once a day, that a message for this person was sent back to wait because the mail account is full."""
    outbox.add_notice(owner, "mail-refused", {}, now, key=f"mail-refused/{owner}/{now.date()}")
