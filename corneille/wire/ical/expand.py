"""What an object says of a stretch of time: each occurrence by itself, exceptions applied."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from icalendar import Component

from corneille.wire.ical.read import (
    FAULTS,
    NotAnObject,
    find_span,
    is_busy,
    list_occurrences,
    list_parts,
    parse,
    to_instant,
)


class TooMany(Exception):
    """More occurrences than the limit."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One occurrence; `start_at`, `end_at` in aware UTC.

    start, end   as written: days, or instants in the event's own zone
    recurrence   which one of its series, as the series would have it; None: no series
    is_busy      it takes its person's time (RFC 5545 §3.8.2.7)
    """

    uid: str
    component: str
    title: str
    start: date | datetime
    end: date | datetime
    start_at: datetime
    end_at: datetime
    is_day: bool
    place: str
    notes: str
    is_busy: bool
    is_private: bool
    recurrence: date | datetime | None
    rule: str


def expand(content: bytes, from_at: datetime, until_at: datetime, zone: tzinfo, limit: int) -> list[Instance]:
    """Every occurrence that touches the stretch, in order. Raises TooMany, NotAnObject."""
    calendar = parse(content)
    try:
        shown = [_show(part, calendar, zone) for part in unfold(calendar, from_at, until_at, zone, limit)]
    except FAULTS:
        raise NotAnObject("dates") from None
    return sorted(shown, key=lambda each: each.start_at)


def show_part(part: Component, calendar: Component, zone: tzinfo) -> Instance:
    """One part as it stands: a series as it begins (RFC 5545 §3.8.2.4), without unfolding it. Raises NotAnObject."""
    try:
        return _show(part, calendar, zone)
    except FAULTS:
        raise NotAnObject("dates") from None


def unfold(calendar: Component, from_at: datetime, until_at: datetime, zone: tzinfo, limit: int) -> list[Component]:
    """The components of every occurrence that touches the stretch. Raises TooMany, NotAnObject."""
    parts = list_parts(calendar)
    if len(parts) == 1 and not {"RRULE", "RDATE"} & set(parts[0]):
        span = find_span(parts[0], zone)
        return parts if span is None or touches(span, from_at, until_at) else []
    found = []
    for part in list_occurrences(calendar, from_at.astimezone(zone), until_at.astimezone(zone)):
        span = find_span(part, zone)
        if span is None or not touches(span, from_at, until_at):
            continue
        found.append(part)
        if len(found) > limit:
            raise TooMany
    return found


def touches(span: tuple[datetime, datetime], from_at: datetime, until_at: datetime) -> bool:
    """RFC 4791 §9.9: an event without length is in a stretch that begins with it."""
    start, end = span
    return start < until_at and (end > from_at or start == end == from_at)


def format_rule(rule: Any) -> str:
    """As it stands after `RRULE:`; of several (RFC 5545 §3.8.5.3: better not) the first."""
    if isinstance(rule, list):
        rule = rule[0]
    return str(rule.to_ical().decode())


def _show(part: Component, calendar: Component, zone: tzinfo) -> Instance:
    start = part.decoded("DTSTART", None) or part.decoded("DUE", None) or date(1970, 1, 1)
    span = find_span(part, zone) or (to_instant(start, zone), to_instant(start, zone))
    end = part.decoded("DTEND", None) or part.decoded("DUE", None)
    if end is None:
        end = start + (span[1] - span[0])
    master = next((each for each in calendar.subcomponents if each.name == part.name and "RRULE" in each), None)
    return Instance(
        uid=str(part.get("UID", "")),
        component=part.name or "",
        title=str(part.get("SUMMARY", "")),
        start=start,
        end=end,
        start_at=span[0],
        end_at=span[1],
        is_day=not isinstance(start, datetime),
        place=str(part.get("LOCATION", "")),
        notes=str(part.get("DESCRIPTION", "")),
        is_busy=is_busy(part),
        is_private=str(part.get("CLASS", "PUBLIC")).upper() in {"PRIVATE", "CONFIDENTIAL"},
        recurrence=None if master is None else part.decoded("RECURRENCE-ID", start),
        rule="" if master is None else format_rule(master["RRULE"]),
    )
