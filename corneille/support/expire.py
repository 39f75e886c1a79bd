"""Requests end by themselves when nobody goes on with them, and are forgotten later."""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.kernel.settings import of
from corneille.support.decide import Act, State, is_expired
from corneille.support.models import SheetOpening, SupportRequest
from corneille.support.settings import Support
from corneille.support.step import advance
from corneille.support.tell import tell_person

SHEETS_KEPT = timedelta(days=1)


def close_expired(now: datetime) -> int:
    """Closes what was solved and not opened again, and what waits for a person who says nothing; gives how many."""
    count = 0
    for number in SupportRequest.objects.filter(state__in=(State.SOLVED, State.WAITING)).values_list("pk", flat=True):
        with transaction.atomic():
            row = SupportRequest.objects.select_for_update().get(pk=number)
            if is_expired(State(row.state), row.state_since_at, now):
                was_waiting = row.state == State.WAITING
                step = advance(row, Act.EXPIRE, now, by=None, is_agent=False)
                if was_waiting:  # who was told that it is solved need not hear that it still is
                    tell_person("request-closed", row, step, now)
                count += 1
    return count


def forget_requests(now: datetime) -> int:
    """Forgets what ended long ago; gives how many requests."""
    over = SupportRequest.objects.filter(state=State.CLOSED, over_at__lt=now - timedelta(days=of(Support).keep_days))
    count = over.count()
    over.delete()
    return count


def forget_sheets(now: datetime) -> int:
    """Forgets openings of sheets, whose trace is in the journal; gives how many."""
    return SheetOpening.objects.filter(at__lt=now - SHEETS_KEPT).delete()[0]
