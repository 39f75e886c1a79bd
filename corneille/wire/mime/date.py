"""Dates of header fields (RFC 5322 §3.3, obsolete forms too)."""

import re
from datetime import UTC, datetime, timedelta, timezone

from corneille.wire.mime.parameter import drop_comments

_MONTHS = {name: number for number, name in enumerate(
    (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"), 1)}
_ZONES = {b"EST": -5, b"EDT": -4, b"CST": -6, b"CDT": -5, b"MST": -7, b"MDT": -6, b"PST": -8, b"PDT": -7}
_DATE = re.compile(
    rb"\s*(?:[A-Za-z]{2,10}\.?\s*,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{2,4})"
    rb"[\s,T]+(\d{1,2})\s*[:.]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2})(?:\.\d{1,9})?)?\s*([+-]\s?\d{1,2}:?\d{2}|[A-Za-z]{1,5})?",
)
_UNIX_DATE = re.compile(  # ctime's order, which old mailers write
    rb"\s*[A-Za-z]{3},?\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Z]{3,5})?\s*([+-]\d{4})?\s+(\d{4})",
)
_MAX_BYTES = 200


def parse_date(raw: bytes) -> datetime | None:
    """An aware datetime in the zone the field gives, or None when it is no date. Unknown zones are UTC (§4.3)."""
    raw = raw[:_MAX_BYTES]
    if b"(" in raw:
        raw = drop_comments(raw)
    found = _DATE.match(raw)
    try:
        if found is not None:
            day, month, year, hour, minute, second, zone = found.groups()
            return _build(year, month, int(day), int(hour), int(minute), int(second or 0), zone)
        found = _UNIX_DATE.match(raw)
        if found is not None:
            month, day, hour, minute, second, name, zone, year = found.groups()
            return _build(year, month, int(day), int(hour), int(minute), int(second or 0), zone or name)
    except (ValueError, OverflowError):
        return None
    return None


def _build(
    year_text: bytes, month: bytes, day: int, hour: int, minute: int, second: int, zone: bytes | None
) -> datetime | None:
    year = int(year_text)
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    if len(year_text) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322 §4.3
    elif len(year_text) == 3:
        year += 1900
    made = datetime(year, number, day, hour, minute, min(second, 59), tzinfo=_zone(zone))  # 60: a leap second
    made.astimezone(UTC)  # year 1 or 9999 with a zone: outside of what can be compared
    return made


def _zone(zone: bytes | None) -> timezone:
    if not zone:
        return UTC
    if zone[:1] in b"+-":
        digits = zone[1:].replace(b":", b"").strip().rjust(4, b"0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes >= 24 * 60 or int(digits[2:]) > 59:
            return UTC
        return timezone(timedelta(minutes=-minutes if zone[:1] == b"-" else minutes))
    return timezone(timedelta(hours=_ZONES.get(zone.upper(), 0)))
