"""Dates, sizes and numbers read as a careful person would write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from corneille.doors.web.kit import formats

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
NOW = datetime(2026, 9, 15, 16, 0, tzinfo=UTC)  # 18:00 in Paris
NB, NNB = "\u00a0", "\u202f"

pytestmark = pytest.mark.usefixtures("migrated")  # Django is set up


def in_french(value: str) -> str:
    return value.replace(NB, "~").replace(NNB, "_")


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 9, 1), "1er~septembre~2026"),
        (date(2026, 9, 2), "2~septembre~2026"),
        (date(2026, 8, 31), "31~août~2026"),
        (date(2026, 2, 1), "1er~février~2026"),
    ],
)
def test_the_first_of_a_month_is_written_1er(day: date, written: str) -> None:
    with translation.override("fr"):
        assert in_french(formats.format_day(day)) == written


def test_english_days_have_no_ordinal() -> None:
    with translation.override("en"):
        assert in_french(formats.format_day(date(2026, 9, 1))) == "1~September~2026"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 9, 15, 12, 30, tzinfo=UTC), "14:30"),
        (datetime(2026, 9, 14, 22, 0, tzinfo=UTC), "00:00"),  # already today in Paris
        (datetime(2026, 9, 14, 21, 59, tzinfo=UTC), "hier~23:59"),
        (datetime(2026, 9, 14, 12, 30, tzinfo=UTC), "hier~14:30"),
        (datetime(2026, 9, 1, 12, 0, tzinfo=UTC), "mar.~1er~sept."),
        (datetime(2026, 5, 13, 12, 0, tzinfo=UTC), "mer.~13~mai"),
        (datetime(2025, 9, 14, 12, 0, tzinfo=UTC), "14/09/2025"),
    ],
)
def test_lists_show_the_shortest_form_that_cannot_be_misread(at: datetime, written: str) -> None:
    with translation.override("fr"):
        assert in_french(formats.format_when(at, NOW, PARIS)) == written


def test_an_instant_is_told_in_the_place_where_people_live() -> None:
    at = datetime(2026, 9, 15, 12, 30, tzinfo=UTC)
    with translation.override("fr"):
        assert formats.format_when(at, NOW, REUNION) == "16:30"


def test_yesterday_is_said_in_english_too() -> None:
    with translation.override("en"):
        assert in_french(formats.format_when(NOW - timedelta(days=1), NOW, PARIS)) == "yesterday~18:00"


def test_a_whole_moment_is_a_sentence() -> None:
    with translation.override("fr"):
        told = in_french(formats.format_moment(datetime(2026, 9, 1, 12, 30, tzinfo=UTC), PARIS))
        assert told == "mardi 1er septembre 2026 à 14:30"


def test_a_period_says_its_day_once() -> None:
    begins = datetime(2026, 12, 7, 18, tzinfo=UTC)
    with translation.override("fr"):
        told = in_french(formats.format_period(begins, begins + timedelta(hours=1), PARIS))
        assert told == "lundi 7 décembre 2026, de 19:00 à 20:00"
        told = in_french(formats.format_period(begins, begins + timedelta(hours=6), PARIS))
        assert told == "du lundi 7 décembre 2026 à 19:00 au mardi 8 décembre 2026 à 01:00"


def test_the_end_of_a_wait_is_an_hour_or_a_day_and_an_hour() -> None:
    with translation.override("fr"):
        assert in_french(formats.format_until(NOW + timedelta(minutes=30), NOW, PARIS)) == "18~h~30"
        later = in_french(formats.format_until(NOW + timedelta(hours=8), NOW, PARIS))
        assert later == "mercredi 16 septembre à 2~h~00"


@pytest.mark.parametrize(
    ("size_bytes", "written"),
    [
        (0, "0~octet"), (1, "1~octet"), (1023, "1023~octets"), (1024, "1~Ko"), (1536, "1,5~Ko"),
        (10 * 1024, "10~Ko"), (1_468_006, "1,4~Mo"), (1024**2 - 1, "1~Mo"), (52_428_800, "50~Mo"),
        (3 * 1024**3, "3~Go"), (5 * 1024**4, "5~To"),
    ],
)  # fmt: skip
def test_sizes_are_in_octets_ko_mo_go(size_bytes: int, written: str) -> None:
    with translation.override("fr"):
        assert in_french(formats.format_size(size_bytes)) == written


def test_sizes_are_in_bytes_in_english() -> None:
    with translation.override("en"):
        assert in_french(formats.format_size(1536)) == "1.5~KB"
        assert in_french(formats.format_size(1)) == "1~byte"


def test_thousands_are_parted_by_a_narrow_space_that_does_not_break() -> None:
    with translation.override("fr"):
        assert in_french(formats.format_count(1234567)) == "1_234_567"
    with translation.override("en"):
        assert formats.format_count(1234567) == "1,234,567"


@given(st.integers(0, 2**62))
def test_no_size_is_written_with_four_digits_beyond_octets(size_bytes: int) -> None:
    with translation.override("fr"):
        number, unit = formats.format_size(size_bytes).split(NB)
    assert unit in {"octet", "octets", "To"} or float(number.replace(",", ".")) < 1000


@pytest.mark.parametrize("zone", [PARIS, ZoneInfo("America/Martinique")])
@pytest.mark.parametrize("at", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_written_in_every_zone(zone: ZoneInfo, at: datetime) -> None:
    with translation.override("fr"):
        for written in (
            formats.format_moment(at, zone), formats.format_when(at, NOW, zone), formats.format_until(at, NOW, zone),
            formats.format_period(at, at, zone),
        ):  # fmt: skip
            assert written
