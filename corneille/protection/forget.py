"""Forgets incidents that have been over for long: reports, receivers, kept messages, refused marks."""

from datetime import datetime, timedelta

from corneille.kernel.settings import of
from corneille.protection import evidence
from corneille.protection.models import Incident, RemovedCopy, Report, Trait
from corneille.protection.settings import Protection
from corneille.protection.steps import refresh_marks


def forget_incidents(now: datetime) -> int:
    """Gives how many were forgotten."""
    over = Incident.objects.filter(closed_at__lt=now - timedelta(days=of(Protection).keep_days))
    count = 0
    for incident in over:
        marks = list(Trait.objects.filter(incident=incident).values_list("mark", flat=True))
        names = {
            *Report.objects.filter(incident=incident).values_list("content", flat=True),
            *RemovedCopy.objects.filter(removal__incident=incident).values_list("content", flat=True),
        }
        incident.delete()
        refresh_marks(marks, now)
        evidence.drop_unused(names)
        count += 1
    return count
