"""iCalendar: windows that hide nothing, occurrences, and what a form writes over what a program wrote."""

import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corneille.wire.ical.expand import Instance, TooMany, expand
from corneille.wire.ical.read import NotAnObject, read_object
from corneille.wire.ical.write import Written, drop_instance, rewrite_event, rewrite_instance, write_event

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 9, 1, tzinfo=UTC)
FROM, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def at(day: int, hour: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=PARIS)


WEEKLY = Written("Conseil", at(20, 17), at(20, 18), "Salle 12", rule="FREQ=WEEKLY;COUNT=4")


def shown(content: bytes) -> list[tuple[str, str]]:
    return [(f"{each.start:%m-%d %H}", each.title) for each in expand(content, FROM, UNTIL, PARIS, 100)]


def second(content: bytes) -> Instance:
    return expand(content, FROM, UNTIL, PARIS, 100)[1]


def test_nine_o_clock_stays_nine_o_clock_when_the_hour_changes() -> None:
    told = expand(write_event("u", WEEKLY, NOW), FROM, UNTIL, PARIS, 100)
    assert [each.start_at.hour for each in told] == [15, 16, 16, 16]
    assert [f"{each.start:%H}" for each in told] == ["17"] * 4


def test_one_of_a_series_is_moved_and_another_removed() -> None:
    content = write_event("u", WEEKLY, NOW)
    recurrence = second(content).recurrence
    assert recurrence is not None
    content = rewrite_instance(content, recurrence, Written("Ailleurs", at(28, 9), at(28, 10)), NOW)
    content = rewrite_instance(content, recurrence, Written("Plus tard", at(28, 10), at(28, 11)), NOW)
    content = drop_instance(content, at(3, 17, 11), NOW)
    assert shown(content) == [("10-20 17", "Conseil"), ("10-28 10", "Plus tard"), ("11-10 17", "Conseil")]
    moved = rewrite_event(content, Written("Bis", at(21, 8), at(21, 9), rule="FREQ=WEEKLY;COUNT=4"), NOW)
    assert shown(moved) == [("10-21 08", "Bis"), ("10-28 10", "Plus tard"), ("11-11 08", "Bis")]
    other = rewrite_event(content, Written("Bis", at(20, 17), at(20, 18), rule="FREQ=DAILY;COUNT=2"), NOW)
    assert shown(other) == [("10-20 17", "Bis"), ("10-21 17", "Bis")]


def test_a_moved_one_can_be_removed() -> None:
    content = write_event("u", WEEKLY, NOW)
    recurrence = second(content).recurrence
    assert recurrence is not None
    content = rewrite_instance(content, recurrence, Written("Ailleurs", at(28, 9), at(28, 10)), NOW)
    assert len(shown(drop_instance(content, recurrence, NOW))) == 3


def test_what_a_program_wrote_beside_the_form_stays() -> None:
    content = write_event("u", WEEKLY, NOW).replace(b"END:VEVENT", b"X-PROGRAM:kept\r\nCATEGORIES:A,B\r\nEND:VEVENT")
    again = rewrite_event(content, WEEKLY, NOW)
    assert b"X-PROGRAM:kept" in again
    assert b"CATEGORIES:A,B" in again
    assert b"SEQUENCE:1" in again


def test_a_whole_day_is_a_day_here() -> None:
    content = write_event("d", Written("Jour", date(2026, 11, 2), date(2026, 11, 3)), NOW)
    [told] = expand(content, FROM, UNTIL, PARIS, 10)
    assert told.is_day
    assert told.start_at == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert expand(content, datetime(2026, 11, 2, 23, tzinfo=UTC), UNTIL, PARIS, 10) == []


def test_unfolding_stops_at_the_limit() -> None:
    content = write_event("u", Written("x", at(1, 8), at(1, 9), rule="FREQ=DAILY"), NOW)
    with pytest.raises(TooMany):
        expand(content, FROM, UNTIL, PARIS, 20)


RULES = st.builds(
    lambda frequency, interval, count, more: f"FREQ={frequency};INTERVAL={interval};COUNT={count}{more}",
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.integers(1, 12),
    st.sampled_from(["", ";BYDAY=MO,TH", ";BYMONTH=1", ";BYMONTHDAY=31", ";BYMONTH=2;BYMONTHDAY=29"]),
)


@given(RULES, st.dates(date(2020, 1, 1), date(2028, 12, 31)))
def test_the_window_hides_no_occurrence(rule: str, day: date) -> None:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=PARIS)
    content = write_event("u", Written("x", start, start + timedelta(hours=1), rule=rule), NOW)
    try:
        read = read_object(content, PARIS)
    except NotAnObject:  # from that day on it never comes
        assume(condition=False)
    told = expand(content, datetime(2019, 1, 1, tzinfo=UTC), datetime(2130, 1, 1, tzinfo=UTC), PARIS, 1000)
    assert read.start_at is not None
    assert all(each.start_at >= read.start_at for each in told)
    assert read.end_at is None or all(each.end_at <= read.end_at for each in told)


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    for each in (content, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"):
        with pytest.raises(NotAnObject):
            read_object(each, PARIS)


STEPS = 500_000
"""Calls of functions, in reading one event: a sixth of a second. Tuesday 8 June is looked for through years of days."""
BAD = {
    "DTSTART:foo": "dates", "DTSTART:00010101T000000Z": "dates", "DTSTART:20260101\r\nRRULE:FREQ=DAILY;INTERVAL=0": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=DAILY;COUNT=x": "dates", "SUMMARY:x": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=-31": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=DAILY;BYSETPOS=5": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=DAILY;BYMONTH=6;BYWEEKNO=53": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=DAILY;INTERVAL=365;BYDAY=MO": "dates",
    "DTSTART:20260101\r\nRRULE:FREQ=WEEKLY;INTERVAL=54;BYMONTHDAY=9": "dates",
    "DTSTART:20260101" + "\r\nRRULE:FREQ=DAILY" * 5: "dates",
    "DTSTART:20260101T000000\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5": "dates",
}  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;INTERVAL=15", "FREQ=MONTHLY;INTERVAL=120", "FREQ=WEEKLY;INTERVAL=520", "FREQ=DAILY;BYMONTH=7,8",
    ],
)
def test_rare_days_are_days(rule: str) -> None:
    lines = f"UID:a\r\nDTSTART:20280229\r\nRRULE:{rule}"
    content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert read_object(content.encode(), PARIS).is_recurring


@pytest.mark.parametrize("interval", [14, 15, 17, 19, 20, 21])
def test_every_day_of_a_calendar_may_begin_a_series(interval: int) -> None:
    for year in range(2024, 2052):
        lines = f"UID:a\r\nDTSTART:{year}0228\r\nRRULE:FREQ=DAILY;INTERVAL={interval}"
        content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        assert read_object(content.encode(), PARIS).is_recurring


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231"])
def test_a_last_day_at_the_end_of_the_calendar_is_none(until: str) -> None:
    lines = f"UID:a\r\nDTSTART:20280228\r\nRRULE:FREQ=WEEKLY;UNTIL={until}"
    content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert read_object(content.encode(), PARIS).end_at is None


def write_part(name: str, values: st.SearchStrategy[int], most: int = 3) -> st.SearchStrategy[str]:
    lists = st.lists(values, min_size=1, max_size=most)
    return st.just("") | lists.map(lambda each: f";{name}={','.join(map(str, each))}")


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU", "6MO", "-1TU", "54FR", "1SU"])
STRANGE = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]).map("FREQ={}".format),
    st.just("") | st.sampled_from([2, 3, 4, 7, 12, 14, 365, 1000]).map(";INTERVAL={}".format),
    st.just("") | st.lists(WEEKDAYS, min_size=1, max_size=3).map(lambda days: f";BYDAY={','.join(days)}"),
    write_part("BYMONTH", st.integers(1, 12)), write_part("BYMONTHDAY", st.integers(-31, 31).filter(bool)),
    write_part("BYYEARDAY", st.integers(-400, 400).filter(bool)), write_part("BYWEEKNO", st.integers(-54, 54).filter(bool)),
    write_part("BYSETPOS", st.integers(-367, 367).filter(bool)), write_part("BYHOUR", st.integers(0, 23)),
    st.sampled_from(["", ";COUNT=3", ";UNTIL=20991231T000000Z"]),
).map("".join)  # fmt: skip


@given(STRANGE, st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1)))
@example("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", datetime(2026, 11, 3))
@example("FREQ=WEEKLY;BYMONTH=1;BYDAY=MO;BYSETPOS=2", datetime(2026, 11, 3))
@example("FREQ=YEARLY;BYYEARDAY=60;BYMONTHDAY=15", datetime(2026, 11, 3))
@example("FREQ=MONTHLY;BYDAY=6MO", datetime(2026, 11, 3))
@example("FREQ=YEARLY;BYYEARDAY=400", datetime(2026, 11, 3))
@example("FREQ=DAILY;INTERVAL=7;BYDAY=MO", datetime(2017, 11, 3))
@example("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU", datetime(2028, 2, 29))
@example("FREQ=DAILY;BYDAY=TU;BYMONTH=6;BYMONTHDAY=8;BYSETPOS=-3,1,-1", datetime(2031, 5, 27))
@example("FREQ=DAILY;INTERVAL=365;BYDAY=MO;BYMONTHDAY=31;BYMONTH=12", datetime(2020, 1, 1))
@settings(deadline=None)
def test_no_rule_of_a_stranger_is_followed_for_long(rule: str, start: datetime) -> None:
    lines = f"UID:a\r\nDTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}\r\nRRULE:{rule}"
    content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    steps = 0

    def count(frame: FrameType, happens: str, argument: object) -> None:
        nonlocal steps
        steps += happens in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(NotAnObject):
            read_object(content, PARIS)
    finally:
        sys.setprofile(before)
    assert steps < STEPS


@pytest.mark.parametrize(("lines", "reason"), BAD.items())
def test_dates_that_no_agenda_has_are_refused(lines: str, reason: str) -> None:
    content = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    with pytest.raises(NotAnObject) as refused:
        read_object(content.encode(), PARIS)
    assert refused.value.reason == reason
