"""One stored object (RFC 4791 §4.1): what is in it, when, and whether it can be kept at all."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from math import prod
from typing import Any, cast

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, vRecur

KEPT = ("VEVENT", "VTODO")
FIRST_YEAR, LAST_YEAR = 1900, 2200
FOREVER_YEARS = 150
"""A rule that ends later than this counts as endless."""
UID_LENGTH = 255
TRIED_DAYS = 8
LAST_SEQUENCE = 2**31 - 1
FAULTS = (
    ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError, AssertionError, OSError,
)  # fmt: skip
"""What the libraries raise for what somebody else wrote; OSError: a zone whose name is too long for a file's."""


class NotAnObject(ValueError):
    """It cannot be kept; `reason`: "syntax", "component", "uid", "dates" or "method"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReadObject:
    """What columns hold of an object; instants in aware UTC.

    start_at, end_at  the window of everything in it; end None: endless; both None: a task without dates
    """

    uid: str
    component: str
    start_at: datetime | None
    end_at: datetime | None
    is_recurring: bool
    is_private: bool


def read_object(content: bytes, zone: tzinfo) -> ReadObject:
    """Reads one object. Raises NotAnObject.

    zone  of instants that name none (RFC 5545 §3.3.5, form 1), and of whole days
    """
    return read_parsed(parse(content), zone)


def read_parsed(calendar: Component, zone: tzinfo) -> ReadObject:
    """What `read_object` reads, of what is parsed already. Raises NotAnObject."""
    if "METHOD" in calendar:  # RFC 4791 §4.1
        raise NotAnObject("method")
    parts = list_parts(calendar)
    others = {each.name for each in calendar.subcomponents} - {*KEPT, "VTIMEZONE"}
    if not parts or others or len({each.name for each in parts}) != 1:
        raise NotAnObject("component")
    if any(isinstance(each.get("UID"), list) for each in parts):
        raise NotAnObject("uid")
    uids = {str(each.get("UID", "")) for each in parts}
    uid = uids.pop()
    if uids or not uid or len(uid) > UID_LENGTH or any(unicodedata.category(each) == "Cc" for each in uid):
        raise NotAnObject("uid")
    told = _read_parts(uid, parts, zone)
    if told.is_recurring and told.start_at is not None:  # what cannot be unfolded would spoil the page of every week
        list_occurrences(calendar, told.start_at, told.start_at + timedelta(days=TRIED_DAYS))
    return told


def list_occurrences(calendar: Component, from_at: datetime, until_at: datetime) -> list[Component]:
    """The occurrences between two instants, exceptions taken into account. Raises NotAnObject."""
    try:
        found: list[Component] = recurring_ical_events.of(
            calendar, components=list(KEPT), skip_bad_series=True
        ).between(from_at, until_at)
    except FAULTS:
        raise NotAnObject("dates") from None
    return found


def parse(content: bytes) -> Component:
    """The VCALENDAR. Raises NotAnObject."""
    try:
        calendar = Calendar.from_ical(content)
    except FAULTS:
        raise NotAnObject("syntax") from None
    if calendar.name != "VCALENDAR":
        raise NotAnObject("syntax")
    return calendar


def list_parts(calendar: Component) -> list[Component]:
    """The event or task and the occurrences of it that differ."""
    return [each for each in calendar.subcomponents if each.name in KEPT]


def find_master(calendar: Component) -> Component:
    """The series, or what stands alone; of occurrences without their series the first. Raises NotAnObject."""
    parts = list_parts(calendar)
    if not parts:
        raise NotAnObject("component")
    return next((each for each in parts if "RECURRENCE-ID" not in each), parts[0])


def read_sequence(part: Component) -> int:
    """Its version (RFC 5545 §3.8.7.4); 0 for what is no number, or none that a program would count up to."""
    value = part.get("SEQUENCE")
    return int(value) if isinstance(value, int) and 0 <= value <= LAST_SEQUENCE else 0


def next_version(calendar: Component) -> int:
    """Above those of all its parts, so that whichever is changed, what is sent then is the newer of two."""
    return min(max(map(read_sequence, list_parts(calendar)), default=0) + 1, LAST_SEQUENCE)


def _read_parts(uid: str, parts: list[Component], zone: tzinfo) -> ReadObject:
    if sum(len(_list(each.get("RRULE"))) for each in parts) > RULES:
        raise NotAnObject("dates")
    try:
        spans = [find_span(each, zone) for each in parts]
        ends = [_find_end(each, span, zone) for each, span in zip(parts, spans, strict=True)]
        for each in parts:
            if "RECURRENCE-ID" in each:
                to_instant(each.decoded("RECURRENCE-ID"), zone)
    except FAULTS:
        raise NotAnObject("dates") from None
    if parts[0].name == "VEVENT" and not all("DTSTART" in each for each in parts):
        raise NotAnObject("dates")
    starts = [span[0] for span in spans if span is not None]
    known = [end for end in ends if end is not None]
    private = any(str(each.get("CLASS", "PUBLIC")).upper() in {"PRIVATE", "CONFIDENTIAL"} for each in parts)
    recurring = any("RRULE" in each or "RDATE" in each for each in parts)
    endless = any(span is not None and end is None for span, end in zip(spans, ends, strict=True))
    return ReadObject(
        uid,
        cast(str, parts[0].name),
        min(starts, default=None),
        None if endless else max(known, default=None),
        recurring,
        private,
    )


def is_busy(part: Component) -> bool:
    """Whether it takes its person's time (RFC 5545 §3.8.2.7)."""
    is_free = str(part.get("TRANSP", "")).upper() == "TRANSPARENT" or str(part.get("STATUS", "")).upper() == "CANCELLED"
    return part.name == "VEVENT" and not is_free


def find_span(part: Component, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Start and end of one component without its recurrences (RFC 4791 §9.9); None: a task without dates."""
    start = part.decoded("DTSTART", None)
    end = part.decoded("DTEND", None) or part.decoded("DUE", None)
    if start is None and end is None:
        return None
    first = to_instant(start if start is not None else end, zone)
    if end is not None:
        return first, max(first, to_instant(end, zone))
    lasting = part.decoded("DURATION", None)
    if lasting is not None:
        return first, max(first, first + lasting)
    return first, first + (timedelta() if isinstance(start, datetime) else timedelta(days=1))


def to_instant(value: date | datetime, zone: tzinfo) -> datetime:
    """In UTC; a day begins at midnight in the zone. Raises ValueError for years that no agenda has."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:  # counting from year 1 to today is a cost, not an agenda
        raise ValueError("year")
    at = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)


def _find_end(part: Component, span: tuple[datetime, datetime] | None, zone: tzinfo) -> datetime | None:
    """The end of its last recurrence at the latest; None: endless, or without dates."""
    if span is None:
        return None
    ends, lasting, is_endless = [span[1]], span[1] - span[0], False
    for rule in _list(part.get("RRULE")):
        check_rule(rule, part.decoded("DTSTART", None) or part.decoded("DUE"))
        if "UNTIL" in rule and rule["UNTIL"][0].year > LAST_YEAR:  # how some programs write « without end »
            is_endless = True
        elif "UNTIL" in rule:
            ends.append(to_instant(rule["UNTIL"][0], zone) + lasting)
        elif "COUNT" in rule:
            end = _bound_count(rule, span[1])
            if end is None:
                is_endless = True
            else:
                ends.append(end)
        else:
            is_endless = True
    for dates in _list(part.get("RDATE")):
        for each in dates.dts:
            at = each.dt[0] if isinstance(each.dt, tuple) else each.dt
            ends.append(to_instant(at, zone) + max(lasting, timedelta(days=1)))
    return None if is_endless else max(ends)


STEP_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""Nothing in an agenda happens every second; such a rule would only cost."""
SLACK = {"DAILY": 1, "WEEKLY": 1, "MONTHLY": 2, "YEARLY": 8}
"""A rule skips steps that have no such day (the 31st, 29 February): eight years is the longest."""
NARROWED, NARROWED_INTERVAL = {"DAILY", "WEEKLY"}, 53
"""Every so many days or weeks at the most where a rule also says which of them count: one that falls on such a day once
in decades is nobody's, and is looked for as long."""
RULES = 4
"""Of one object; RFC 5545 §3.8.5.3 advises one. Each may take a sixth of a second to look through."""
TIMES_A_DAY = 24
CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
YEAR_PARTS = {"BYWEEKNO", "BYYEARDAY"}
"""Of a yearly rule alone (RFC 5545 §3.3.10)."""
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


SEARCHED_YEARS = {"DAILY": 5, "WEEKLY": 5, "MONTHLY": 5, "YEARLY": 9}
"""Between one day of a rule and the next, at every step: 29 February, or a week 53, comes within them."""
LONGEST_SEARCH_YEARS, CYCLE_YEARS = 100, 28
COMMON_CENTURY = 9900
"""The last year that four divides and that has no 29 February."""


def check_rule(rule: vRecur, start: date | datetime) -> None:
    """Raises ValueError where a rule is nonsense, would unfold into more than hours of a day, or names no day that there is:
    it would be looked for until the year 9999, for seconds, by whoever opens the message or the agenda."""
    if str(rule["FREQ"][0]).upper() not in STEP_DAYS:
        raise ValueError("frequency")
    if any(int(str(rule.get(name, [1])[0])) < 1 for name in ("INTERVAL", "COUNT")):
        raise ValueError("interval")
    if prod(len(rule.get(name, [0])) for name in CLOCK_PARTS) > TIMES_A_DAY:
        raise ValueError("times a day")
    frequency, positions = str(rule["FREQ"][0]).upper(), [abs(int(str(each))) for each in rule.get("BYSETPOS", [1])]
    if frequency != "YEARLY" and YEAR_PARTS & {name.upper() for name in rule}:
        raise ValueError("part of a year")
    narrowing = {"BYMONTH", "BYMONTHDAY"} | ({"BYDAY"} if frequency == "DAILY" else set())
    if frequency in NARROWED and int(str(rule.get("INTERVAL", [1])[0])) > NARROWED_INTERVAL and narrowing & set(rule):
        raise ValueError("interval")
    if frequency == "DAILY" and min(positions) > prod(len(rule.get(name, [0])) for name in CLOCK_PARTS):
        raise ValueError("never")
    months = [int(str(each)) for each in rule.get("BYMONTH", range(1, 13))]
    days = [abs(int(str(each))) for each in rule.get("BYMONTHDAY", [1])]
    if all(day > MONTH_DAYS[month - 1] for month in months for day in days):
        raise ValueError("never")
    if not _comes_again(rule, start, SEARCHED_YEARS[frequency] * int(str(rule.get("INTERVAL", [1])[0]))):
        raise ValueError("never")


def _comes_again(rule: vRecur, start: date | datetime, years: int) -> bool:
    """Whether there is a day of the rule in this many years after those that are tried.

    It is looked for where the library's calendar ends, from a year that has the same days of the week and the same leap
    years to come: a search that finds nothing ends there.
    """
    years = min(years, LONGEST_SEARCH_YEARS)
    last, time_of_day = MAXYEAR - years, start.time() if isinstance(start, datetime) else time()
    if last - CYCLE_YEARS < COMMON_CENTURY <= last:  # a cycle without it has every weekday of every day
        last = COMMON_CENTURY - 1
    at = next(
        at for year in range(last - CYCLE_YEARS + 1, last + 1) if year % 4 == start.year % 4
        and (at := datetime(year, start.month, start.day)).weekday() == start.weekday()  # noqa: DTZ001  # on the wall
    )  # fmt: skip
    endless: Any = vRecur({name: value for name, value in rule.items() if name.upper() not in {"UNTIL", "COUNT"}})
    series = rrulestr(endless.to_ical().decode(), dtstart=datetime.combine(at, time_of_day))
    found = series.after(at + timedelta(days=TRIED_DAYS + 2))
    return found is not None and found.year <= at.year + years


def _bound_count(rule: Mapping[str, list[object]], end: datetime) -> datetime | None:
    """No later than this: a window that is too long costs a look, one that is too short hides an event."""
    frequency = str(rule["FREQ"][0]).upper()
    narrowing = {name for name in rule if name.startswith("BY")} - ({"BYDAY"} if frequency == "WEEKLY" else set())
    steps = int(str(rule["COUNT"][0])) * int(str(rule.get("INTERVAL", [1])[0]))
    days = steps * STEP_DAYS[frequency] * SLACK[frequency]
    return None if narrowing or days > FOREVER_YEARS * 366 else end + timedelta(days=days + 1)


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
