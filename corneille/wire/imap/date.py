"""Dates and date-times (RFC 9051 §9)."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from corneille.wire.imap.syntax import SyntaxRefused

MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {name.upper().encode(): number for number, name in enumerate(MONTHS) if name}
_DATE = re.compile(rb"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})\Z")
_DATE_TIME = re.compile(
    rb"([ 0-9][0-9])-([A-Za-z]{3})-([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})\Z"
)


def parse_date(raw: bytes) -> date:
    """Reads `1-Feb-2026`, without quotes. Raises SyntaxRefused."""
    found = _DATE.match(raw)
    if found is not None and found[2].upper() in _MONTH:
        try:
            return date(int(found[3]), _MONTH[found[2].upper()], int(found[1]))
        except ValueError:
            pass
    raise SyntaxRefused("a date is written 1-Feb-2026")


def parse_date_time(raw: bytes) -> datetime:
    """Reads ` 1-Feb-2026 13:00:00 +0100`, without quotes, as aware UTC. Raises SyntaxRefused."""
    found = _DATE_TIME.match(raw)
    if found is not None and found[2].upper() in _MONTH:
        day, month, year, hour, minute, second, sign, zone_hour, zone_minute = found.groups()
        try:
            offset = timedelta(hours=int(zone_hour), minutes=int(zone_minute))
            zone = timezone(-offset if sign == b"-" else offset)
            # A leap second is the second before it: no store keeps 23:59:60.
            seconds = min(int(second), 59) if int(second) <= 60 else 61
            return datetime(
                int(year), _MONTH[month.upper()], int(day), int(hour), int(minute), seconds, tzinfo=zone
            ).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise SyntaxRefused('a date-time is written " 1-Feb-2026 13:00:00 +0100"')


def format_seconds(seconds: int, zone: tzinfo) -> bytes:
    """Writes seconds since 1970 as INTERNALDATE shows them in a zone, with quotes: for rows by the thousand."""
    seconds = min(max(seconds, _FIRST_S), _LAST_S)
    offset_s, shown = _find_offset(zone, seconds // QUARTER_S)
    day, rest = divmod(seconds + offset_s, 86400)
    return _format_day(day) + _MINUTES[rest // 60] + _SECONDS[rest % 60] + shown


_FIRST_S, _LAST_S = -62_135_510_400, 253_402_214_399  # a day inside the years 1 to 9999, so that no zone leaves them
_MINUTES = [b"%02d:%02d:" % divmod(minute, 60) for minute in range(24 * 60)]
_SECONDS = [b"%02d " % second for second in range(60)]
QUARTER_S = 900
"""No zone changes its offset but at a quarter of an hour."""


@lru_cache(maxsize=65536)
def _find_offset(zone: tzinfo, quarter: int) -> tuple[int, bytes]:
    """What a zone adds to UTC then, in seconds and as written before the closing quote, with it; the local times of before
    1911 lose their seconds."""
    added = datetime.fromtimestamp(quarter * QUARTER_S, zone).utcoffset()
    minutes = 0 if added is None else int(added.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return minutes * 60, b'%b%02d%02d"' % (b"-" if minutes < 0 else b"+", hours, rest)


@lru_cache(maxsize=4096)
def _format_day(day: int) -> bytes:
    on = date.fromordinal(719163 + day)  # 1 January 1970
    return f'"{on.day:2d}-{MONTHS[on.month]}-{on.year:04d} '.encode()
