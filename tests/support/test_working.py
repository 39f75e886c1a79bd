"""Working hours: what a delay is in them, whatever the day, the season and the hour."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.kernel.settings import SettingsRefused, load
from corneille.support.settings import find_hours
from corneille.support.working import Hours, add_working, count_working, find_easter, list_public_holidays, parse_weekly

PARIS = ZoneInfo("Europe/Paris")
WEEKLY = parse_weekly(["mon-fri 08:30-12:00", "mon-fri 13:30-17:30"])
HOURS = Hours(WEEKLY, frozenset({date(2026, 12, 24)}), True, PARIS)
NIGHTS = Hours(parse_weekly(["sat 22:00-23:59", "sun 00:00-04:00"]), frozenset(), True, PARIS)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
DELAYS = st.timedeltas(timedelta(0), timedelta(hours=100))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 2, "2026-11-23 14:30"),  # over lunch
        ("2026-11-23 10:00", 2, "2026-11-23 12:00"),  # until it closes, not when it opens again
        ("2026-11-23 16:30", 2, "2026-11-24 09:30"),  # over night
        ("2026-11-27 16:30", 8, "2026-11-30 17:00"),  # over the weekend
        ("2026-11-28 10:00", 1, "2026-11-30 09:30"),  # from a Saturday
        ("2026-11-23 06:00", 0, "2026-11-23 08:30"),  # as soon as somebody is there
        ("2026-12-23 16:30", 2, "2026-12-28 09:30"),  # closed on the 24th, Christmas, the weekend
        ("2026-10-19 09:00", 7, "2026-10-19 17:30"),  # holidays of school, not of support
        ("2027-05-05 17:00", 1, "2027-05-07 09:00"),  # Ascension
    ],
)
def test_when_a_delay_ends(start: str, hours: int, end: str) -> None:
    assert add_working(at(start), timedelta(hours=hours), HOURS) == at(end)


def test_a_night_that_changes_its_hour_is_as_long_as_it_is() -> None:
    assert count_working(at("2026-03-28 20:00"), at("2026-03-29 12:00"), NIGHTS) == timedelta(hours=4, minutes=59)
    assert count_working(at("2026-10-24 20:00"), at("2026-10-25 12:00"), NIGHTS) == timedelta(hours=6, minutes=59)


@given(INSTANTS, DELAYS)
def test_what_is_added_is_what_is_counted(start: datetime, delay: timedelta) -> None:
    for hours in (HOURS, NIGHTS):
        end = add_working(start, delay, hours)
        assert end >= start
        assert count_working(start, end, hours) == delay


@given(INSTANTS, DELAYS, DELAYS)
def test_a_longer_delay_or_a_later_start_never_ends_sooner(start: datetime, one: timedelta, more: timedelta) -> None:
    assert add_working(start, one, HOURS) <= add_working(start, one + more, HOURS)
    assert add_working(start, one, HOURS) <= add_working(start + more, one, HOURS)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_time_is_counted_once(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    parts = count_working(first, middle, HOURS) + count_working(middle, last, HOURS)
    assert parts == count_working(first, last, HOURS) <= last - first


@given(INSTANTS, DELAYS)
def test_it_ends_while_somebody_is_there(start: datetime, delay: timedelta) -> None:
    local = add_working(start, delay, HOURS).astimezone(PARIS)
    assert not HOURS.is_closed(local.date())
    assert any(opens <= local.time() <= closes for opens, closes in HOURS.weekly[local.weekday()])


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert find_easter(year) == date(year, month, day)


def test_the_public_holidays_of_a_year() -> None:
    moving = {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}
    assert moving < list_public_holidays(2026)
    assert len(list_public_holidays(2026)) == 11


def test_what_is_written_is_read() -> None:
    assert parse_weekly(["SAT 09:00-11:00"])[5] == ((time(9), time(11)),)
    assert parse_weekly(["mon-fri 13:30-17:30", "wed 08:00-12:00"])[2] == ((time(8), time(12)), (time(13, 30), time(17, 30)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"opening": ()}, {"opening": ("lun 08:00-12:00",)}, {"opening": ("mon 8-12",)}, {"opening": ("mon 08:00-25:00",)},
        {"opening": ("mon 12:00-08:00",)}, {"opening": ("fri-mon 08:00-12:00",)}, {"closed_days": ("24/12/2026",)},
        {"opening": ("mon-fri 08:00-12:00", "wed 11:00-14:00")}, {"answer_within_hours": 0},
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsRefused):
        load(None, {}, support=wrong)


def test_hours_are_read_from_the_settings() -> None:
    load(None, {}, support={"closed_days": ("2026-12-24",), "closed_on_public_holidays": False})
    assert find_hours() == replace(HOURS, keeps_holidays=False)
