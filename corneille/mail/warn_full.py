"""Warns people whose mail account fills up, long before anything is refused, and when something was.

Of the mail of a position, whoever reads it today is told, and the position itself, where it is written down.
"""

from datetime import datetime

from django.db import transaction

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.mail import store
from corneille.mail.fullness import choose_step, find_percent
from corneille.mail.models import MailAccount
from corneille.mail.settings import list_warned_percents
from corneille.mail.store.mail_account import list_quotas
from corneille.people.position import find_position, list_holders
from corneille.people.position_right import PositionRight


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
    """Notes the step, and adds the notices when it is a higher one; another process may have been first."""
    with transaction.atomic():
        rows = MailAccount.objects.filter(pk=account, warned_percent=told)
        owner = rows.values_list("owner", flat=True).first()
        if not rows.update(warned_percent=step) or step < told or owner is None:
            return False
        return _add_notices("nearly-full", AccountId(owner), {"percent": percent}, now, f"{step}/{now.isoformat()}")


def tell_refused(owner: AccountId, now: datetime) -> None:
    """Says, once a day, that a message for this mail account was sent back to wait because it is full."""
    _add_notices("refused", owner, {}, now, str(now.date()))


def _add_notices(what: str, owner: AccountId, data: dict[str, outbox.Told], now: datetime, turn: str) -> bool:
    """Gives whether its owner was told now, and not before in this `turn`."""
    position = find_position(owner)
    if position is None:
        return outbox.add_notice(owner, f"mail-{what}", data, now, key=f"mail-{what}/{owner}/{turn}")
    code, data = f"position-{what}", {**data, "label": position.label, "position": owner}
    key = f"{code}/{owner}/{turn}"
    with transaction.atomic():
        if not outbox.add_notice(owner, code, data, now, key=key):
            return False
        readers = [each.account for each in list_holders(owner, today(now)) if each.decision.may(PositionRight.READ)]
        outbox.add_notices(readers, code, data, now, key=key)
    return True
