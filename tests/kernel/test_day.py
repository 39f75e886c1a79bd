"""The day after, and the days that may be meant."""

from datetime import date

import pytest

from corneille.kernel.day import day_after, parse_day


def test_after_the_last_day_of_the_calendar_there_is_none() -> None:
    assert day_after(date(2026, 12, 31)) == date(2027, 1, 1)
    assert day_after(date.max) == date.max


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "2026-02-30", "", "demain"])
def test_a_day_that_nobody_means_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_day(text)
    assert parse_day("2026-11-03") == date(2026, 11, 3)
