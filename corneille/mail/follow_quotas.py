"""Brings mail accounts that are there to the quota that the settings say for their type now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import AccountId
from corneille.mail.models import MailAccount
from corneille.mail.set_quota import set_quota
from corneille.mail.settings import find_quota_bytes


@dataclass(frozen=True, slots=True)
class QuotaBehind:
    """A mail account whose quota is not, or no longer, what the settings say for its type."""

    account: AccountId
    account_type: str
    from_bytes: int
    to_bytes: int


def list_behind() -> list[QuotaBehind]:
    """Those that follow the settings and were made, or last brought up to date, before the settings changed."""
    rows = MailAccount.objects.filter(has_own_quota=False).exclude(owner=None).order_by("owner__type", "pk")
    told = rows.values_list("owner_id", "owner__type", "quota_bytes")
    behind = [QuotaBehind(AccountId(owner), kind, size, find_quota_bytes(kind)) for owner, kind, size in told]
    return [each for each in behind if each.from_bytes != each.to_bytes]


def follow_quotas(behind: list[QuotaBehind], now: datetime, *, actor: str) -> Iterator[int]:
    """Brings these to what the settings say, one by one; tells how many are done. Cut short, the rest is still behind."""
    for count, each in enumerate(behind, 1):
        set_quota(each.account, each.to_bytes, now, actor=actor, is_own=False)
        yield count
