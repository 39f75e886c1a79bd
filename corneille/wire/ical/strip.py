"""An object without what it says: when it takes its person's time, for who may not know with what.

What stays is what Apple's draft on private components (icalendar-privateevents-01) calls restricted: the times, and what
makes them recur.
"""

from datetime import UTC, datetime

from icalendar import Component, Event

from corneille.wire.ical.read import is_busy, parse
from corneille.wire.ical.write import begin_calendar, finish

TIMES = ("UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
STAMP = datetime(1970, 1, 1, tzinfo=UTC)
"""RFC 5545 wants one. When the event was changed is not told: the object stays the same when only its words change."""


def strip(content: bytes, word: str) -> bytes | None:
    """The object with its times and one word in the place of all others; None where it takes no time.

    raises  NotAnObject
    """
    calendar = parse(content)
    events = [each for each in calendar.subcomponents if each.name == "VEVENT"]
    kept = [_strip(each, word) for each in events if is_busy(each)]
    if not kept:
        return None
    series = next((each for each in kept if "RECURRENCE-ID" not in each), None)
    for each in events:  # an occurrence that leaves its person free is one that does not take place
        if series is not None and not is_busy(each) and "RECURRENCE-ID" in each:
            series.add("EXDATE", each.decoded("RECURRENCE-ID"))
    made = begin_calendar()
    for part in (*(each for each in calendar.subcomponents if each.name == "VTIMEZONE"), *kept):
        made.add_component(part)
    return finish(made)


def _strip(part: Component, word: str) -> Event:
    event = Event()
    for name in TIMES:
        if name in part:
            event[name] = part[name]
    event.add("DTSTAMP", STAMP)
    event.add("SUMMARY", word)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE")
    return event
