"""Purges: each takes away one kind of data whose time is over, and what it did is written down."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Sum

from corneille.kernel.keeping import Purge, Retention
from corneille.privacy.models import PurgeRun
from corneille.privacy.register import REGISTER

PURGES: tuple[Purge, ...] = tuple(purge for each in REGISTER for purge in each.purges)
LATE = timedelta(days=1)
"""They run every hour."""
SHOWN = timedelta(days=30)
RUNS_KEPT = timedelta(days=3 * 366)
"""Longer than what any of them may keep."""


@dataclass(frozen=True, slots=True)
class PurgeShown:
    """One purge and what it did; None: it has not run yet, or nothing is left.

    recent_count  what it took away in the last thirty days
    is_late       it has not run for a day: somebody should see why
    """

    purge: Purge
    declared: Retention
    ran_at: datetime | None
    removed_count: int
    recent_count: int
    oldest_at: datetime | None
    is_late: bool


def run_purge(purge: Purge, now: datetime) -> int:
    """Runs one and writes down what it did; gives how many rows it took away."""
    count = purge.run(now)
    told = {"at": now, "removed_count": count, "oldest_at": _find_instant(purge.find_oldest(now))}
    with transaction.atomic():
        runs = PurgeRun.objects.filter(code=purge.code)
        last = runs.order_by("pk").last()
        if last is not None and not last.removed_count and not count:
            PurgeRun.objects.filter(pk=last.pk).update(**told)
        else:
            PurgeRun.objects.create(code=purge.code, **told)
        runs.filter(at__lt=now - RUNS_KEPT).delete()
    return count


def list_purges(now: datetime) -> list[PurgeShown]:
    """All of them, in the register's order."""
    return [_show(purge, each, now) for each in REGISTER for purge in each.purges]


def _show(purge: Purge, declared: Retention, now: datetime) -> PurgeShown:
    runs = PurgeRun.objects.filter(code=purge.code)
    last = runs.order_by("pk").last()
    recent: int | None = runs.filter(at__gte=now - SHOWN).aggregate(count=Sum("removed_count"))["count"]
    if last is None:
        return PurgeShown(purge, declared, None, 0, 0, None, is_late=True)
    return PurgeShown(
        purge, declared, last.at, last.removed_count, recent or 0, last.oldest_at, is_late=last.at < now - LATE
    )


def _find_instant(oldest: date | None) -> datetime | None:
    if oldest is None or isinstance(oldest, datetime):
        return oldest
    return datetime.combine(oldest, time(), UTC)
