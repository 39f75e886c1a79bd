"""What happens, laid out by day for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _now

from corneille.calendar.event import name_occurrence
from corneille.calendar.list_instances import Happening
from corneille.doors.web.calendar.holiday_words import name_holiday
from corneille.doors.web.calendar.span import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of one day. `clock`: « 08:00–09:00 », or empty for what lasts the whole day; `url` empty: nothing to open."""

    clock: str
    title: str
    place: str
    url: str
    colour: str
    calendar: str
    is_day: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day and what is in it; `is_aside`: of the month before or after."""

    on: date
    is_today: bool
    is_aside: bool
    entries: list[Entry]


def lay_out(span: Span, happenings: Sequence[Happening], zone: ZoneInfo, today: date) -> list[Day]:
    """Every day of the span, in order; what lasts several days stands in each of them."""
    by_day: dict[date, list[Entry]] = {}
    for each in happenings:
        for on in _list_days(each, span, zone):
            by_day.setdefault(on, []).append(_show(each, on, zone))
    count = (span.until_on - span.from_on).days
    days = [span.from_on + timedelta(days=number) for number in range(count)]
    made = [Day(on, on == today, span.view == "mois" and on.month != span.on.month, by_day.get(on, [])) for on in days]
    return [day for day in made if day.entries] if span.view == "liste" else made


def title_of(happening: Happening) -> str:
    """What it is called; what is hidden takes time and no more."""
    if happening.is_hidden:
        return _now("Busy")
    title = happening.instance.title
    return name_holiday(happening.calendar, title) or _now("(no title)")


def url_of(happening: Happening) -> str:
    """The page of the event; empty where there is nothing to see."""
    if happening.is_hidden:
        return ""
    asked = {"agenda": happening.calendar.id, "uid": happening.instance.uid, "fois": name_occurrence(happening.instance)}
    return f"{reverse('calendar:event')}?{urlencode(asked)}"


def _list_days(happening: Happening, span: Span, zone: ZoneInfo) -> list[date]:
    start, end = (at.astimezone(zone) for at in (happening.instance.start_at, happening.instance.end_at))
    last = (end - timedelta(microseconds=1)).date() if end > start else start.date()
    first, last = max(start.date(), span.from_on), min(last, span.until_on - timedelta(days=1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _show(happening: Happening, on: date, zone: ZoneInfo) -> Entry:
    told = happening.instance
    return Entry(
        clock="" if told.is_day else _format_clock(told.start_at.astimezone(zone), told.end_at.astimezone(zone), on),
        title=title_of(happening),
        place=told.place,
        url=url_of(happening),
        colour=happening.calendar.colour,
        calendar=happening.calendar.name,
        is_day=told.is_day,
    )


def _format_clock(start: datetime, end: datetime, on: date) -> str:
    first = f"{start:%H:%M}" if start.date() == on else "00:00"
    last = f"{end:%H:%M}" if end.date() == on else "24:00"
    return first if first == last else f"{first}–{last}"
