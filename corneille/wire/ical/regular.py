"""Series that come at equal steps, or on the same days of every week: whether they happen is counted, not unfolded.

Most of a school's timetable is such a series. To unfold one takes 1.5 ms, and a program asks for a week of thirty; to
count takes a fiftieth of that. Whatever is written otherwise (exceptions, months, a duration) is left to `expand`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from corneille.wire.ical.expand import touches

LONGEST = timedelta(days=100)
"""Of what is asked for, and of one occurrence: within it days are looked at one by one."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_EVENT = re.compile(rb"(?ims)^BEGIN:VEVENT\s*$(.*?)^END:VEVENT\s*$")
_ALARM = re.compile(rb"(?ims)^BEGIN:VALARM\s*$.*?^END:VALARM\s*$")
_IRREGULAR = re.compile(rb"(?im)^(?:EXDATE|RDATE|EXRULE|RECURRENCE-ID|DURATION)[;:]")
_AT = rb"(?:;TZID=([A-Za-z]+/[A-Za-z_/-]+)|;VALUE=DATE)?:([0-9]{8})(?:T([0-9]{6})(Z?))?\s*$"
_START, _END = re.compile(rb"(?im)^DTSTART" + _AT), re.compile(rb"(?im)^DTEND" + _AT)
_RULE = re.compile(rb"(?im)^RRULE:([A-Z0-9=;,]+)\s*$")
_STEPS = {"DAILY": 1, "WEEKLY": 7}
_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"})
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Regular:
    """A series on the wall clock of its zone.

    weekdays  on which it comes, with a step of one day; empty: at every step
    count     how often, where it says so
    until_at  the last instant at which one begins
    """

    start: datetime
    lasting: timedelta
    zone: tzinfo
    step_days: int
    weekdays: frozenset[int]
    count: int | None
    until_at: datetime | None


def happens(content: bytes, from_at: datetime, until_at: datetime, zone: tzinfo) -> bool | None:
    """Whether an occurrence touches the stretch; None: it has to be unfolded to know.

    zone  of instants that name none, and of whole days
    """
    if until_at - from_at > LONGEST:
        return None
    series = read_regular(content, zone)
    if series is None:
        return None
    day = max((from_at.astimezone(series.zone).replace(tzinfo=None) - series.lasting).date(), series.start.date())
    last = until_at.astimezone(series.zone).date()
    while day <= last:
        if _is_day(series, day) and _touches(series, day, from_at, until_at):
            return True
        day += timedelta(days=1)
    return False


def read_regular(content: bytes, zone: tzinfo) -> Regular | None:
    """None: it is no such series."""
    events = _EVENT.findall(_FOLD.sub(b"", content))
    if len(events) != 1 or _IRREGULAR.search(told := _ALARM.sub(b"", events[0])):
        return None
    starts, ends, rules = _START.findall(told), _END.findall(told), _RULE.findall(told)
    if [len(starts), len(ends), len(rules)] != [1, 1, 1] or told.upper().count(b"\nRRULE") != 1:
        return None
    try:
        start, own = _parse_at(starts[0], zone)
        end, other = _parse_at(ends[0], zone)
        if own != other or not timedelta() <= end - start <= LONGEST:
            return None
        return _read_rule(rules[0].decode().upper(), start, end - start, own)
    except (ValueError, KeyError, OverflowError, OSError):  # a zone that is none is no ZoneInfo
        return None


def _read_rule(text: str, start: datetime, lasting: timedelta, zone: tzinfo) -> Regular | None:
    told = dict(each.split("=", 1) for each in text.split(";"))
    days = frozenset(_DAYS.index(each) for each in told["BYDAY"].split(",")) if "BYDAY" in told else frozenset()
    step, interval = _STEPS[told["FREQ"]], int(told.get("INTERVAL", "1"))
    count = int(told["COUNT"]) if "COUNT" in told else None
    if set(told) - _PARTS or interval < 1 or (count is not None and count < 1):
        return None
    if days == {start.weekday()} and step == 7:
        days = frozenset()  # says what the first day says already
    if days and (step != 7 or interval != 1 or count is not None or start.weekday() not in days):
        return None
    if len(told.get("UNTIL", "")) == len("20261105") and start.time() != time():
        return None  # RFC 5545 §3.3.10 wants an instant there; what a day means is for the library to say
    until_at = _parse_until(told["UNTIL"], zone) if "UNTIL" in told else None
    return Regular(start, lasting, zone, 1 if days else step * interval, days, count, until_at)


def _is_day(series: Regular, day: date) -> bool:
    steps, rest = divmod((day - series.start.date()).days, series.step_days)
    if rest or (series.count is not None and steps >= series.count):
        return False
    return not series.weekdays or day.weekday() in series.weekdays


def _touches(series: Regular, day: date, from_at: datetime, until_at: datetime) -> bool:
    wall = datetime.combine(day, series.start.time())
    start, end = (each.replace(tzinfo=series.zone).astimezone(UTC) for each in (wall, wall + series.lasting))
    if series.until_at is not None and start > series.until_at:
        return False
    return touches((start, end), from_at, until_at)


def _parse_at(found: tuple[bytes, bytes, bytes, bytes], zone: tzinfo) -> tuple[datetime, tzinfo]:
    zone_name, day, clock, utc = found
    on = datetime.strptime(day.decode(), "%Y%m%d")  # noqa: DTZ007  # on the wall clock of the zone
    at = datetime.combine(on, datetime.strptime(clock.decode(), "%H%M%S").time() if clock else time())  # noqa: DTZ007
    return at, UTC if utc else ZoneInfo(zone_name.decode()) if zone_name else zone


def _parse_until(text: str, zone: tzinfo) -> datetime:
    if text.endswith("Z"):
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if "T" in text:
        return datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    return datetime.combine(datetime.strptime(text, "%Y%m%d"), time(23, 59, 59), zone).astimezone(UTC)  # noqa: DTZ007
