"""Objects by the window of all that they say: the columns that narrow a question before anything is unfolded."""

from datetime import datetime

from django.db.models import Q, QuerySet

from corneille.calendar.models import CalendarObject


def in_window(
    rows: "QuerySet[CalendarObject]", from_at: datetime | None, until_at: datetime | None, component: str | None = None
) -> "QuerySet[CalendarObject]":
    """Those whose window touches a stretch; a task without dates is in every one (RFC 4791 §9.9)."""
    if component is not None:
        rows = rows.filter(component=component)
    if from_at is not None:
        rows = rows.filter(Q(end_at=None) | Q(end_at__gte=from_at))
    if until_at is not None:
        rows = rows.filter(Q(start_at=None) | Q(start_at__lt=until_at))
    return rows.order_by("name")
