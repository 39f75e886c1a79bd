"""What happens in a stretch of time, over several agendas: for pages, and free or busy."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from corneille.calendar.level import Level
from corneille.calendar.models import CalendarObject
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.window import in_window
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.kernel.today import zone
from corneille.wire.ical.expand import Instance, TooMany, expand
from corneille.wire.ical.read import NotAnObject

logger = logging.getLogger(__name__)


class TooMuch(Refusal):
    """More occurrences than one question may unfold: a shorter stretch is to be asked for."""

    code = "too-much"


@dataclass(frozen=True, slots=True)
class Happening:
    """One occurrence in one agenda; `is_hidden`: only that it takes time is told."""

    calendar: CalendarOpen
    instance: Instance
    is_hidden: bool


Span = tuple[datetime, datetime]


def list_instances(
    calendars: Sequence[CalendarOpen], from_at: datetime, until_at: datetime, *, component: str | None = "VEVENT"
) -> list[Happening]:
    """Every occurrence that touches the stretch, the earliest first. Raises TooMuch."""
    found = [each for calendar in calendars for each in _list_of(calendar, from_at, until_at, component)]
    if len(found) > of(CalendarSettings).instances_count:
        raise TooMuch(limit=of(CalendarSettings).instances_count)
    return sorted(found, key=lambda each: (each.instance.start_at, not each.instance.is_day, each.instance.title))


def list_busy(calendar: CalendarOpen, from_at: datetime, until_at: datetime) -> list[Span]:
    """When its person is not free, joined, within the stretch. Raises RightMissing, TooMuch."""
    found = [
        (max(each.instance.start_at, from_at), min(each.instance.end_at, until_at))
        for each in list_instances([calendar], from_at, until_at)
        if each.instance.is_busy
    ]
    return join(found)


def join(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch become one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined


def _list_of(calendar: CalendarOpen, from_at: datetime, until_at: datetime, component: str | None) -> list[Happening]:
    calendar.need(Level.FREE_BUSY)
    limit, found = of(CalendarSettings).instances_count, []
    for row in in_window(CalendarObject.objects.filter(calendar_id=calendar.id), from_at, until_at, component):
        is_hidden = calendar.level < Level.READ or (row.is_private and not calendar.sees_private)
        try:
            told = expand(bytes(row.content), from_at, until_at, zone(), limit)
        except TooMany:
            raise TooMuch(limit=limit) from None
        except NotAnObject as fault:  # one that was taken in by an earlier version must not hide the others
            logger.warning("object %d cannot be unfolded: %s", row.pk, fault.reason)
            continue
        if is_hidden:
            told = [
                replace(each, title="", place="", notes="", uid="", rule="", recurrence=None)
                for each in told
                if each.is_busy
            ]
        found += [Happening(calendar, each, is_hidden) for each in told]
    return found
