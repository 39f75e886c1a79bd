"""What programs get of an agenda of which one sees free and busy alone: an event for each busy stretch, without words.

Events that touch are one stretch, so neither how many there are nor which repeat is told. A stretch is named by its ends:
where it changes, one name goes and another comes.
"""

import hashlib
import re
from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta

from icalendar import Event

from corneille.calendar.kept import Kept
from corneille.calendar.list_instances import Span, list_busy
from corneille.calendar.open_calendar import CalendarOpen
from corneille.kernel.ids import AccountId
from corneille.kernel.today import zone
from corneille.people.find import find_language
from corneille.wire.ical.write import begin_calendar, finish

BEFORE, AFTER = timedelta(days=62), timedelta(days=366)
"""Of today: what programs show, and what they may plan in."""
WORDS = {"fr": "Occupé", "en": "Busy"}
NAME = re.compile(r"occupe-(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)\.ics", re.ASCII)
SHAPE = "%Y%m%dT%H%M%SZ"


def list_busy_time(
    calendar: CalendarOpen, from_at: datetime | None, until_at: datetime | None, component: str | None
) -> list[Kept]:
    """Each stretch that touches the one asked for. Raises TooMuch."""
    if component not in {None, "VEVENT"}:
        return []
    first, last = _find_limits(calendar)
    found, word = list_busy(calendar, first, last), find_word(calendar.asker)
    return [
        _make(calendar, each, word)
        for each in found
        if (from_at is None or each[1] > from_at) and (until_at is None or each[0] < until_at)
    ]


def list_named_busy_time(calendar: CalendarOpen, names: Collection[str]) -> dict[str, Kept]:
    """Those of these names that are still a stretch. Raises TooMuch."""
    first, last = _find_limits(calendar)
    asked = [span for name in names if (span := _parse(name)) is not None and first <= span[0] and span[1] <= last]
    if not asked:
        return {}
    # A little wider: a piece of a longer stretch is none by itself.
    from_at = max(first, min(each[0] for each in asked) - timedelta(seconds=1))
    until_at = min(last, max(each[1] for each in asked) + timedelta(seconds=1))
    found = set(list_busy(calendar, from_at, until_at)) if from_at < until_at else set()
    word = find_word(calendar.asker)
    return {kept.name: kept for each in asked if each in found for kept in [_make(calendar, each, word)]}


def _find_limits(calendar: CalendarOpen) -> Span:
    midnight = datetime.combine(calendar.on, time(), zone())
    return midnight - BEFORE, midnight + AFTER


def find_word(reader: AccountId) -> str:
    """What stands for what is not told, in the reader’s language."""
    return WORDS.get(find_language(reader), WORDS["fr"])


def make_busy_event(calendar: CalendarOpen, span: Span, word: str) -> Event:
    """The same each time that it is made, in one language."""
    start, end = (each.astimezone(UTC) for each in span)
    event = Event()
    event.add("UID", f"busy-{calendar.id}-{_name(span)}")
    for name, at in (("DTSTAMP", start), ("DTSTART", start), ("DTEND", end)):
        event.add(name, at)
    event.add("SUMMARY", word)
    return event


def _make(calendar: CalendarOpen, span: Span, word: str) -> Kept:
    made = begin_calendar()
    made.add_component(make_busy_event(calendar, span, word))
    content = finish(made)
    etag = hashlib.sha256(content).hexdigest()[:32]
    return Kept(
        f"occupe-{_name(span)}.ics", etag, "VEVENT", content, is_recurring=False, size_bytes=len(content),
        changed_at=span[0],
    )  # fmt: skip


def _name(span: Span) -> str:
    return "-".join(each.astimezone(UTC).strftime(SHAPE) for each in span)


def _parse(name: str) -> Span | None:
    found = NAME.fullmatch(name)
    try:
        ends = [datetime.strptime(each, SHAPE).replace(tzinfo=UTC) for each in found.groups()] if found else []
    except ValueError:
        return None
    return (ends[0], ends[1]) if ends else None
