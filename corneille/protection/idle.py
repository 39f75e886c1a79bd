"""Incidents that nobody ends: those that are judged end by themselves, those that are not are brought to mind.

What nobody has judged is never ended by the service: it would disappear without anybody having seen it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from corneille.kernel import journal, outbox
from corneille.kernel.settings import of
from corneille.protection.entitled import list_officers
from corneille.protection.models import Incident, Report
from corneille.protection.settings import Protection
from corneille.protection.steps import end_incident

WAITING = timedelta(days=7)


def end_idle(now: datetime) -> int:
    """Ends that of which nothing waits and nothing was heard for `[protection] idle_days`; gives how many."""
    ended_count = 0
    for number in _list_idle(now):
        with transaction.atomic():
            journal.hold()
            if number in _list_idle(now):  # nothing was reported meanwhile
                end_incident(Incident.objects.get(pk=number), now, by=None)
                ended_count += 1
    return ended_count


def remind_officers(now: datetime) -> None:
    """Tells officers, once a week for all, that something reported has waited for longer than a week."""
    waiting = Report.objects.filter(verdict="", incident__closed_at=None, at__lt=now - WAITING).order_by("at")
    oldest = waiting.first()
    if oldest is None:
        return
    year, week, _day = now.isocalendar()
    count = len(set(waiting.values_list("incident_id", flat=True)))
    data: dict[str, outbox.Told] = {"count": count, "at": oldest.at.isoformat()}
    outbox.add_notices(list_officers(now.date()), "reports-wait", data, now, key=f"reports-wait/{year}-{week}")


def _list_idle(now: datetime) -> list[int]:
    before = now - timedelta(days=of(Protection).idle_days)
    settled = Incident.objects.filter(closed_at=None, opened_at__lt=before).exclude(reports__verdict="")
    still = settled.exclude(removals__state__in=["asked", "undo"])
    heard = still.annotate(reported_at=Max("reports__at"), acted_at=Max("steps__at"))
    idle = heard.filter(Q(reported_at=None) | Q(reported_at__lt=before), Q(acted_at=None) | Q(acted_at__lt=before))
    return list(idle.order_by("pk").values_list("pk", flat=True))
