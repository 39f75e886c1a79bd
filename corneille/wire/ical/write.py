"""Events as a form gives them, to iCalendar; what a program wrote beside them stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar, Component, Event, Timezone, vRecur

from corneille.wire.ical.expand import format_rule
from corneille.wire.ical.read import find_master, next_version, parse, read_sequence

PRODUCT = "-//Corneille//agenda//FR"
PARIS = b"""BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""By its rule, in a tenth of the bytes that the library's table of every year takes."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a form says of an event; `end` is after the last day of whole days; `rule`: RRULE, or empty."""

    title: str
    start: date | datetime
    end: date | datetime
    place: str = ""
    notes: str = ""
    rule: str = ""
    is_private: bool = False
    is_busy: bool = True


def write_event(uid: str, written: Written, now: datetime) -> bytes:
    """A new event."""
    calendar = begin_calendar()
    event = Event()
    event.add("UID", uid)
    event.add("CREATED", now)
    _fill(event, written, now, 0)
    calendar.add_component(event)
    return finish(calendar)


def rewrite_event(content: bytes, written: Written, now: datetime, *, is_new_version: bool = True) -> bytes:
    """The whole series anew; exceptions move along with it, and go where its rule has changed.

    is_new_version  its organiser writes: SEQUENCE is theirs alone to raise (RFC 5545 §3.8.7.4)
    """
    calendar = parse(content)
    master = find_master(calendar)
    former, before = master.get("RRULE"), master.decoded("DTSTART")
    same_rule = ("" if former is None else format_rule(former)) == written.rule
    moved = type(before) is type(written.start)
    exceptions = [each for each in calendar.subcomponents if each.name == master.name and each is not master]
    if same_rule and moved:
        shift = _naive(written.start) - _naive(before)
        for each in exceptions:
            _put(each, "RECURRENCE-ID", each.decoded("RECURRENCE-ID") + shift)
        excluded = [at + shift for at in list_excluded(master)]
    else:
        calendar.subcomponents = [each for each in calendar.subcomponents if each not in exceptions]
        excluded = []
    put_excluded(master, excluded)
    _fill(master, written, now, _choose_version(calendar, master, is_new_version=is_new_version))
    return finish(calendar)


def rewrite_instance(
    content: bytes, recurrence: date | datetime, written: Written, now: datetime, *, is_new_version: bool = True
) -> bytes:
    """One occurrence otherwise than its series; `is_new_version` as for `rewrite_event`."""
    calendar = parse(content)
    master = find_master(calendar)
    found = find_exception(calendar, recurrence)
    if found is None:
        found = Event()
        found.add("UID", master["UID"])
        found.add("RECURRENCE-ID", recurrence)
        for name in ("ORGANIZER", "ATTENDEE"):  # else a guest's own copy would have no organiser but them
            if name in master:
                found[name] = master[name]
        calendar.add_component(found)
    _fill(found, Written(written.title, written.start, written.end, written.place, written.notes, "",
                         written.is_private, written.is_busy), now,
          _choose_version(calendar, found, is_new_version=is_new_version))  # fmt: skip
    return finish(calendar)


def drop_instance(
    content: bytes, recurrence: date | datetime, now: datetime, *, is_new_version: bool = True
) -> bytes:
    """The series without one occurrence; `is_new_version` as for `rewrite_event`."""
    calendar = parse(content)
    drop_instance_of(calendar, recurrence, now, is_new_version=is_new_version)
    return finish(calendar)


def drop_instance_of(calendar: Component, recurrence: date | datetime, now: datetime, *, is_new_version: bool) -> None:
    """What `drop_instance` does, to what is parsed already."""
    master, found = find_master(calendar), find_exception(calendar, recurrence)
    if found is not None:
        calendar.subcomponents.remove(found)
    master.add("EXDATE", recurrence)
    _put(master, "SEQUENCE", _choose_version(calendar, master, is_new_version=is_new_version))
    _put(master, "DTSTAMP", now)


def begin_calendar() -> Calendar:
    """An empty VCALENDAR of ours."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    return calendar


def finish(calendar: Component) -> bytes:
    """With the definition of each zone that it names (RFC 5545 §3.2.19)."""
    if isinstance(calendar, Calendar):
        if "Europe/Paris" in calendar.get_missing_tzids():
            calendar.subcomponents.insert(0, Timezone.from_ical(PARIS.replace(b"\n", b"\r\n")))
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _choose_version(calendar: Component, part: Component, *, is_new_version: bool) -> int:
    return next_version(calendar) if is_new_version else read_sequence(part)


def _fill(event: Component, written: Written, now: datetime, version: int) -> None:
    for name, value in (("SUMMARY", written.title), ("LOCATION", written.place), ("DESCRIPTION", written.notes)):
        _put(event, name, value or None)
    _put(event, "DTSTART", written.start)
    event.pop("DURATION", None)
    _put(event, "DTEND", written.end)
    _put(event, "RRULE", vRecur.from_ical(written.rule) if written.rule else None)
    _put(event, "CLASS", "PRIVATE" if written.is_private else None)
    _put(event, "TRANSP", None if written.is_busy else "TRANSPARENT")
    _put(event, "SEQUENCE", version)
    _put(event, "DTSTAMP", now)
    _put(event, "LAST-MODIFIED", now)


def _put(event: Component, name: str, value: Any) -> None:
    event.pop(name, None)
    if value is not None:
        event.add(name, value)


def find_exception(calendar: Component, recurrence: date | datetime) -> Component | None:
    """The part that says how one occurrence differs from its series; None: it does not."""
    return next(
        (each for each in calendar.subcomponents
         if "RECURRENCE-ID" in each and is_same(each.decoded("RECURRENCE-ID"), recurrence)), None
    )  # fmt: skip


def is_same(one: date | datetime, other: date | datetime) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and (one.tzinfo is None) != (other.tzinfo is None):
        return one.replace(tzinfo=None) == other.replace(tzinfo=None)
    return one == other


def list_excluded(master: Component) -> list[Any]:
    given = master.get("EXDATE")
    lists = [] if given is None else given if isinstance(given, list) else [given]
    return [each.dt for dates in lists for each in dates.dts]


def put_excluded(master: Component, excluded: Sequence[date | datetime]) -> None:
    """Exactly these are left out of the series."""
    master.pop("EXDATE", None)
    for at in excluded:
        master.add("EXDATE", at)


def _naive(value: date | datetime) -> datetime:
    """On the wall clock, so that nine o'clock stays nine o'clock across the change of hour."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a day on the wall
