"""Objects that a program's filter names, and data as it asks for it: unfolded, or free and busy alone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from icalendar import Component, FreeBusy

from corneille.calendar.kept import Kept
from corneille.calendar.list_instances import Span, TooMuch
from corneille.calendar.list_objects import list_objects
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.settings import CalendarSettings
from corneille.kernel.settings import of
from corneille.kernel.today import zone
from corneille.wire.dav.report import CompFilter, PropFilter, TimeRange
from corneille.wire.ical.expand import TooMany, touches, unfold
from corneille.wire.ical.read import (
    FAULTS,
    FIRST_YEAR,
    KEPT,
    LAST_YEAR,
    NotAnObject,
    find_span,
    list_parts,
    parse,
    to_instant,
)
from corneille.wire.ical.regular import happens
from corneille.wire.ical.write import begin_calendar, finish

FIRST, LAST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)


def search_objects(calendar: CalendarOpen, asked: CompFilter) -> list[Kept]:
    """In order of name. Raises RightMissing, TooMuch."""
    span = asked.time_range or TimeRange(None, None)
    if asked.is_absent:  # an object has one kind: not this one is the other
        return [each for each in list_objects(calendar) if each.component != asked.component]
    if asked.component is not None and asked.component not in KEPT:
        return []
    found = list_objects(calendar, from_at=span.from_at, until_at=span.until_at, component=asked.component)
    if asked.time_range is None and not asked.properties:
        return found
    return [each for each in found if _matches(each, asked)]


def expand_data(kept: Kept, from_at: datetime, until_at: datetime) -> bytes:
    """Every occurrence by itself, in UTC (RFC 4791 §9.6.5). Raises TooMuch."""
    made = begin_calendar()
    for part in _unfold(parse(kept.content), from_at, until_at):
        for name in ("RRULE", "RDATE", "EXDATE", "EXRULE"):
            part.pop(name, None)
        for name in ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID"):
            value = part.decoded(name, None)
            if isinstance(value, datetime):
                part.pop(name)
                part.add(name, to_instant(value, zone()))
        made.add_component(part)
    return finish(made)


def format_free_busy(busy: Sequence[Span], from_at: datetime, until_at: datetime, now: datetime) -> bytes:
    """VFREEBUSY (RFC 4791 §7.10)."""
    made, told = begin_calendar(), FreeBusy()
    for name, at in (("DTSTAMP", now), ("DTSTART", from_at), ("DTEND", until_at)):
        told.add(name, at)
    for start, end in busy:
        told.add("FREEBUSY", [(start, end)])
    made.add_component(told)
    return finish(made)


def _matches(kept: Kept, asked: CompFilter) -> bool:
    if kept.span is not None and asked.time_range is not None:
        if not _is_within(kept.span, asked.time_range):
            return False
        if not asked.properties:
            return True
    if kept.is_recurring and asked.time_range is not None and not asked.properties:
        found = happens(kept.content, asked.time_range.from_at or FIRST, asked.time_range.until_at or LAST, zone())
        if found is not None:
            return found
    calendar = parse(kept.content)
    if asked.time_range is not None and kept.is_recurring:
        from_at, until_at = asked.time_range.from_at, asked.time_range.until_at
        if from_at is not None and until_at is not None and not _unfold(calendar, from_at, until_at):
            return False
    parts = list_parts(calendar)
    if (
        asked.time_range is not None
        and not kept.is_recurring
        and not any(_touches(each, asked.time_range) for each in parts)
    ):
        return False
    return all(any(_has(part, each) for part in parts) for each in asked.properties)


def _touches(part: Component, span: TimeRange) -> bool:
    own = find_span(part, zone())
    return own is None or _is_within(own, span)


def _is_within(own: Span, span: TimeRange) -> bool:
    return touches(own, span.from_at or FIRST, span.until_at or LAST)


def _has(part: Component, asked: PropFilter) -> bool:
    value = part.get(asked.name)
    if asked.is_absent or value is None:
        return asked.is_absent and value is None
    if asked.time_range is not None:
        try:
            at = to_instant(part.decoded(asked.name), zone())
        except FAULTS:  # text, or a year that no agenda has
            return False
        return (asked.time_range.from_at or FIRST) <= at < (asked.time_range.until_at or LAST)
    if asked.text is None:
        return True
    values = value if isinstance(value, list) else [value]
    told = [str(each) if isinstance(each, str) else str(each.to_ical().decode()) for each in values]
    return any(asked.text.casefold() in each.casefold() for each in told) != asked.is_negated


def _unfold(calendar: Component, from_at: datetime, until_at: datetime) -> list[Component]:
    limit = of(CalendarSettings).instances_count
    try:
        return unfold(calendar, from_at, until_at, zone(), limit)
    except TooMany:
        raise TooMuch(limit=limit) from None
    except NotAnObject:  # taken in by an earlier version: it happens at no time
        return []
