"""Hours in which somebody answers: when a delay ends that is counted in them, and how much of them has passed. Pure.

Public holidays are those of the Code du travail (art. L3133-1), of metropolitan France. School holidays close nothing here:
mail, and those who look after it, go on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count, pairwise, takewhile
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LINE = re.compile(r"(\w{3})(?:-(\w{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)")
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)  # Monday, Ascension, Whit Monday

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """When it is open.

    weekly          from Monday on: spans of local time, in order, that do not overlap; one at least
    closed          days on which it is shut besides
    keeps_holidays  shut on public holidays too
    """

    weekly: tuple[tuple[Span, ...], ...]
    closed: frozenset[date]
    keeps_holidays: bool
    zone: ZoneInfo

    def is_closed(self, on: date) -> bool:
        return on in self.closed or (self.keeps_holidays and on in list_public_holidays(on.year))


def add_working(start: datetime, worked: timedelta, hours: Hours) -> datetime:
    """The first instant at which so much working time has passed since `start`; with nothing to pass, the first open one."""
    left = worked
    spans = _list_open(start, hours)  # never ends, as some weekday is open and the closed days are counted
    begins, ends = next(spans)
    while left > ends - begins:
        left -= ends - begins
        begins, ends = next(spans)
    return begins + left


def count_working(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """How much working time lies between two instants."""
    spans = takewhile(lambda span: span[0] < end, _list_open(start, hours))
    return sum((min(ends, end) - begins for begins, ends in spans), timedelta())


def _list_open(start: datetime, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Open spans from an instant on, in UTC, where a day of 23 or 25 hours is as long as it is."""
    for on in map(date.fromordinal, count(start.astimezone(hours.zone).toordinal())):
        for span in () if hours.is_closed(on) else hours.weekly[on.weekday()]:
            opens, closes = (datetime.combine(on, each, hours.zone).astimezone(UTC) for each in span)
            if closes > start:
                yield max(opens, start), closes


def parse_weekly(lines: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Spans by weekday of « mon-fri 08:30-12:00 » and « sat 09:00-11:00 ». Raises ValueError, which names the line."""
    found: Mapping[int, list[Span]] = {number: [] for number in range(len(DAYS))}
    for line in lines:
        read = _LINE.fullmatch(line.strip().lower())
        if read is None or not {read[1], read[2] or read[1]} <= set(DAYS):
            raise ValueError(f"{line!r} is not like 'mon-fri 08:30-12:00'")
        opens, closes = _read_time(line, read[3], read[4]), _read_time(line, read[5], read[6])
        if opens >= closes:
            raise ValueError(f"{line!r} closes before it opens")
        for number in range(DAYS.index(read[1]), DAYS.index(read[2] or read[1]) + 1):
            found[number].append((opens, closes))
    weekly = tuple(tuple(sorted(spans)) for spans in found.values())
    if not any(weekly):
        raise ValueError("it is never open")
    for spans in weekly:
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            raise ValueError("two lines say the same hour of a day")
    return weekly


def _read_time(line: str, hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise ValueError(f"{line!r} has an hour that is none") from error


@cache
def list_public_holidays(year: int) -> frozenset[date]:
    """The eleven of one year."""
    easter = find_easter(year)
    return frozenset({date(year, *each) for each in _FIXED} | {easter + timedelta(days=each) for each in _AFTER_EASTER})


def find_easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the « anonymous » computus)."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
