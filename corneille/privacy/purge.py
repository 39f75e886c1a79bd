"""Runs every purge that the register declares, and keeps the report: what went, when, and what did not work."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.db.models import F, Sum

from corneille.kernel.keeping import Purge, Retention
from corneille.privacy.models import PurgeDay
from corneille.privacy.register import REGISTER

logger = logging.getLogger(__name__)

REPORTED = timedelta(days=366)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Report:
    """One purge: what it drops, and what it did.

    last_at  of its last run; None: it never ran
    fault    what stopped that run; empty when it went through
    """

    code: str
    declared: Retention
    last_at: datetime | None
    fault: str
    today_count: int
    month_count: int


def run_purges(now: datetime, declared: tuple[Retention, ...] = REGISTER) -> int:
    """Runs each; one that fails is noted and holds up no other. Gives how many rows went."""
    removed = sum(_run(purge, now) for each in declared for purge in each.purges)
    PurgeDay.objects.filter(on__lt=(now - REPORTED).date()).delete()
    return removed


def list_reports(now: datetime) -> list[Report]:
    """Every purge, in the register's order."""
    days = {each.code: each for each in PurgeDay.objects.order_by("on")}  # the last day of each stays
    month = dict(
        PurgeDay.objects.filter(on__gt=(now - MONTH).date()).values_list("code").annotate(Sum("removed_count")).order_by()
    )
    return [
        _report(purge, each, days.get(purge.code), month.get(purge.code, 0), now.date())
        for each in REGISTER
        for purge in each.purges
    ]


def _run(purge: Purge, now: datetime) -> int:
    count, fault = 0, ""
    try:
        count = purge.work(now)
    except (DatabaseError, OSError) as raised:
        logger.exception("purge", extra={"code": purge.code})
        fault = f"{type(raised).__name__}: {raised}"[:200]
    row, _is_new = PurgeDay.objects.get_or_create(code=purge.code, on=now.date(), defaults={"last_at": now})
    PurgeDay.objects.filter(pk=row.pk).update(removed_count=F("removed_count") + count, last_at=now, fault=fault)
    return count


def _report(purge: Purge, declared: Retention, day: PurgeDay | None, month: int, today: date) -> Report:
    if day is None:
        return Report(purge.code, declared, None, "", 0, 0)
    return Report(purge.code, declared, day.last_at, day.fault, day.removed_count if day.on == today else 0, month)
