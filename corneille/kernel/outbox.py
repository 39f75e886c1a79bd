"""Notices to send: rooms add what a person must be told; who delivers them is not their business.

A notice is added in the transaction of what it tells. Its words are made where it is shown or sent, from its
code and data, in the person's language; so data holds values (instants, names), never sentences, never secrets.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.kernel import wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal_settings import find_kept_since
from corneille.kernel.models import Notice
from corneille.kernel.plain_sql import find_rows, from_instant

TOPIC = "outbox"
"""Woken when something was added."""
LIMIT = 500
SEALED = "sealed_code"
"""The field of a notice's data that holds a sealed code until it is told."""
WRITTEN = "written"
"""The field that holds what somebody wrote, until it is told."""

Told = str | int | bool | None | list[str]
"""What a notice's data may hold; instants as ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """One notice, for the person or for who delivers it."""

    id: int
    account: AccountId
    code: str
    data: dict[str, Told]
    at: datetime
    seen_at: datetime | None


def add_notice(
    account: AccountId, code: str, data: dict[str, Told], now: datetime, *, key: str, due_at: datetime | None = None
) -> bool:
    """Adds a notice unless its key was told before; gives whether it was added.

    key     e.g. "password-expiry/17/3/7"; starts with the code
    due_at  not before; now when none is given
    """
    made = Notice(account=account, code=code, data=data, key=key, at=now, due_at=due_at or now)
    if Notice.objects.filter(key=key).exists():
        return False
    Notice.objects.bulk_create([made], ignore_conflicts=True)
    if wake.is_installed():
        transaction.on_commit(lambda: wake.current().send(TOPIC))
    return True


def add_notices(accounts: Iterable[AccountId], code: str, data: dict[str, Told], now: datetime, *, key: str) -> None:
    """The same notice to many at once, each under the key and their number; who was told under it is not told again."""
    made = [Notice(account=each, code=code, data=data, key=f"{key}/{each}", at=now, due_at=now) for each in accounts]
    Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=LIMIT)
    if made and wake.is_installed():
        transaction.on_commit(lambda: wake.current().send(TOPIC))


def is_new(key: str) -> bool:
    """Whether nothing was told under this key yet."""
    return not Notice.objects.filter(key=key).exists()


def list_told(key: str) -> set[AccountId]:
    """Everybody to whom a notice was added under a key that begins so."""
    found = Notice.objects.filter(key__startswith=key).values_list("account", flat=True)
    return {AccountId(each) for each in found}


def list_due(now: datetime, limit: int = LIMIT) -> list[NoticeShown]:
    """What is still to be told, the oldest first."""
    rows = Notice.objects.filter(told_at=None, due_at__lte=now).order_by("due_at", "pk")[:limit]
    return [_show(row) for row in rows]


def mark_told(notice: int, now: datetime) -> None:
    """Says that every channel took it over; a code that it carried, sealed, goes at once, and so do words."""
    row = Notice.objects.filter(pk=notice, told_at=None).first()
    if row is not None:
        kept = {name: value for name, value in row.data.items() if name not in (SEALED, WRITTEN)}
        Notice.objects.filter(pk=notice).update(told_at=now, data=kept)


def settle_all(now: datetime) -> None:
    """Takes everything as told and read: an installation that has just been made tells nobody what was done to make it."""
    Notice.objects.filter(told_at=None).update(told_at=now, seen_at=now)


def list_notices(account: AccountId, now: datetime, limit: int = LIMIT) -> list[NoticeShown]:
    """The person's own, the newest first, for the portal."""
    asked = "WHERE account = %s AND due_at <= %s ORDER BY at DESC, id DESC LIMIT %s"
    return [_show(row) for row in find_rows(Notice, asked, [account, from_instant(now), limit])]


def mark_seen(account: AccountId, notice: int, now: datetime) -> None:
    """Says that its person has read it; somebody else's is left alone."""
    Notice.objects.filter(pk=notice, account=account, seen_at=None).update(seen_at=now)


def mark_codes_seen(account: AccountId, codes: frozenset[str], now: datetime) -> None:
    """Puts away what is no longer so: the page that says « held » goes with the holding."""
    Notice.objects.filter(account=account, code__in=codes, seen_at=None).update(seen_at=now)


def forget_told(now: datetime) -> int:
    """Forgets notices that were told before the oldest month of the journal; gives how many."""
    return Notice.objects.filter(told_at__lt=find_kept_since(now)).delete()[0]


def _show(row: Notice) -> NoticeShown:
    return NoticeShown(row.pk, AccountId(row.account), row.code, row.data, row.at, row.seen_at)
