"""What is counted agrees with what is unfolded, and what is not regular is left to that."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.ical.expand import unfold
from corneille.wire.ical.read import parse
from corneille.wire.ical.regular import happens

PARIS = ZoneInfo("Europe/Paris")
RULES = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=20", "FREQ=WEEKLY;COUNT=4;WKST=SU",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;UNTIL=20261110T080000Z",
    "FREQ=DAILY;UNTIL=20261105", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261104T120000Z", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=5",
)  # fmt: skip
FORMS = {
    "zone": ("DTSTART;TZID=Europe/Paris:{0:%Y%m%dT%H%M%S}", "DTEND;TZID=Europe/Paris:{0:%Y%m%dT%H%M%S}"),
    "utc": ("DTSTART:{0:%Y%m%dT%H%M%S}Z", "DTEND:{0:%Y%m%dT%H%M%S}Z"),
    "floating": ("DTSTART:{0:%Y%m%dT%H%M%S}", "DTEND:{0:%Y%m%dT%H%M%S}"),
    "elsewhere": ("DTSTART;TZID=Pacific/Noumea:{0:%Y%m%dT%H%M%S}", "DTEND;TZID=Pacific/Noumea:{0:%Y%m%dT%H%M%S}"),
}


def write(*lines: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T000000Z")
    return "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


@given(
    rule=st.sampled_from(RULES), form=st.sampled_from(sorted(FORMS)),
    start=st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 20)), hours=st.integers(0, 60),
    asked=st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 1)), days=st.integers(1, 9),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_what_is_counted_is_what_is_unfolded(
    rule: str, form: str, start: datetime, hours: int, asked: datetime, days: int
) -> None:
    hour = start.hour if start.hour not in {2, 3} else 4  # none that a change of hour skips
    start = start.replace(second=0, microsecond=0, hour=hour)
    end = start + timedelta(hours=hours)
    content = write(FORMS[form][0].format(start), FORMS[form][1].format(end), f"RRULE:{rule}")
    from_at = asked.replace(tzinfo=UTC, microsecond=0)
    found = happens(content, from_at, from_at + timedelta(days=days), PARIS)
    if found is not None:
        assert found is bool(unfold(parse(content), from_at, from_at + timedelta(days=days), PARIS, 1000))


WEEKLY = ("DTSTART;TZID=Europe/Paris:20261102T080000", "DTEND;TZID=Europe/Paris:20261102T090000", "RRULE:FREQ=WEEKLY")
SPAN = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC)


def test_a_plain_series_is_counted() -> None:
    assert happens(write(*WEEKLY), *SPAN, PARIS) is True
    assert happens(write(*WEEKLY), SPAN[0] + timedelta(days=1), SPAN[1] + timedelta(days=1), PARIS) is False
    alarm = b"BEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VALARM\r\nEND:VEVENT"
    folded = write(*WEEKLY).replace(b"FREQ=WEEKLY", b"FREQ=\r\n WEEKLY").replace(b"END:VEVENT", alarm)
    assert happens(folded, *SPAN, PARIS) is True


@pytest.mark.parametrize(
    "lines",
    [
        (*WEEKLY, "EXDATE;TZID=Europe/Paris:20261109T080000"),
        (*WEEKLY, "RDATE:20261111T080000Z"),
        (*WEEKLY, "RRULE:FREQ=DAILY"),
        (*WEEKLY, "END:VEVENT", "BEGIN:VEVENT", "UID:a", "RECURRENCE-ID;TZID=Europe/Paris:20261109T080000", *WEEKLY[:2]),
        (*WEEKLY[:2], "RRULE:FREQ=MONTHLY"),
        (*WEEKLY[:2], "RRULE:FREQ=WEEKLY;BYDAY=TU"),
        (*WEEKLY[:2], "RRULE:FREQ=WEEKLY;BYDAY=1MO"),
        (*WEEKLY[:2], "RRULE:FREQ=WEEKLY;BYHOUR=8,10"),
        (*WEEKLY[:2], "RRULE:FREQ=WEEKLY;INTERVAL=0"),
        (WEEKLY[0], "DURATION:PT1H", WEEKLY[2]),
        (WEEKLY[0], "DTEND:20261102T090000Z", WEEKLY[2]),
        ("DTSTART;TZID=Nowhere/Land:20261102T080000", "DTEND;TZID=Nowhere/Land:20261102T090000", WEEKLY[2]),
        ("DTSTART;TZID=Europe/Paris:20261302T080000", *WEEKLY[1:]),
    ],
)
def test_what_is_irregular_is_left_to_be_unfolded(lines: tuple[str, ...]) -> None:
    assert happens(write(*lines), *SPAN, PARIS) is None
