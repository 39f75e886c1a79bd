"""How long people usually wait for a first answer: counted in working hours, from what was answered, never promised."""

from datetime import datetime, timedelta

from corneille.people.decide import Level
from corneille.support.decide import find_usual
from corneille.support.models import SupportRequest
from corneille.support.settings import find_hours
from corneille.support.working import count_working

LOOKED_BACK = timedelta(days=90)
READ = 500


def find_usual_delay(level: Level | None, now: datetime) -> timedelta | None:
    """The middle delay of the last requests that were answered, of those that began at a level or of all; None: too few."""
    rows = SupportRequest.objects.filter(opened_at__gt=now - LOOKED_BACK, answered_at__isnull=False)
    if level is not None:
        rows = rows.filter(first_level=level)
    told = rows.order_by("-pk").values_list("opened_at", "answered_at")[:READ]
    hours = find_hours()
    return find_usual([count_working(opened, answered, hours) for opened, answered in told if answered is not None])
