"""Messages about occurrences alone, as Google and Outlook send them: newer or older, put in, taken out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Component

from corneille.wire.ical import occurrence, write
from corneille.wire.ical.occurrence import (
    drop_occurrences,
    find_news,
    is_of_occurrences,
    is_older,
    merge,
    take_occurrence,
)
from corneille.wire.ical.read import find_master, list_parts, parse, read_object
from corneille.wire.ical.write import list_excluded
from tests.calendar.conftest import event

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SPAN = "20261103T080000", "20261103T090000"


def series(version: int = 0) -> bytes:
    return event("a", *SPAN, "RRULE:FREQ=WEEKLY", f"SEQUENCE:{version}")


def one(day: int, version: int = 1, hour: int = 10) -> bytes:
    at = f"202611{day:02}T{hour:02}0000", f"202611{day:02}T{hour:02}3000"
    return event("a", *at, f"RECURRENCE-ID;TZID=Europe/Paris:202611{day:02}T080000", f"SEQUENCE:{version}")


def list_starts(content: bytes) -> list[str]:
    read_object(content, UTC)  # it can be kept
    return sorted(each.decoded("DTSTART").strftime("%d %H") for each in list_parts(parse(content)))


@pytest.mark.parametrize(
    ("message", "kept", "older"),
    [
        (series(), series(), False),
        (series(), series(1), True),
        (series(1), series(), False),
        (series(), merge(series(), one(10)), True),
        (series(1), merge(series(), one(10)), False),
        (one(10), series(), False),
        (one(10), merge(series(), one(10, 2)), True),
        (one(17), merge(series(), one(10, 2)), False),
        (one(17), one(10, 2), False),
        (one(10), one(10, 2), True),
        (series(), one(10, 2), False),
    ],
)
def test_a_message_is_older_than_what_is_newer_of_the_same(message: bytes, kept: bytes, older: bool) -> None:
    assert is_older(parse(message), parse(kept)) is older


def test_what_is_new_is_the_part_that_changed() -> None:
    told = parse(merge(merge(series(), one(10)), one(17, 2)))
    news = find_news(told, parse(merge(series(), one(10))))
    assert news is not None
    assert news.decoded("DTSTART").day == 17
    assert find_news(told, told) is None


def test_one_occurrence_is_taken_as_its_series_or_itself_has_it() -> None:
    for day, start in ((10, "10 10"), (17, "17 08")):
        at = datetime(2026, 11, day, 8, tzinfo=ZoneInfo("Europe/Paris"))
        told = take_occurrence(merge(series(), one(10)), at)
        assert list_starts(told) == [start]
        assert is_of_occurrences(parse(told))
        assert b"RRULE:FREQ=WEEKLY" not in told


def test_occurrences_come_into_their_series_whichever_comes_first() -> None:
    assert list_starts(merge(series(), one(10))) == ["03 08", "10 10"]
    assert list_starts(merge(merge(series(), one(10)), one(10, 2, 14))) == ["03 08", "10 14"]
    assert list_starts(merge(one(10), series())) == ["03 08", "10 10"]
    assert list_starts(merge(one(10), one(17))) == ["10 10", "17 10"]
    assert list_starts(merge(merge(series(), one(10)), series(2))) == ["03 08"]


def test_what_was_left_out_of_the_series_comes_in_again() -> None:
    declined = drop_occurrences(drop_occurrences(series(), one(10), NOW) or b"", one(17), NOW)
    assert declined is not None
    told = merge(declined, one(10))
    assert [each.day for each in list_excluded(find_master(parse(told)))] == [17]


def test_occurrences_go_and_their_series_stays() -> None:
    left = drop_occurrences(merge(series(), one(10)), one(10), NOW)
    assert left is not None
    assert list_starts(left) == ["03 08"]
    assert b"EXDATE" in left
    some = drop_occurrences(merge(one(10), one(17)), one(10), NOW)
    assert some is not None
    assert is_of_occurrences(parse(some))
    assert list_starts(some) == ["17 10"]
    assert drop_occurrences(one(10), one(10, 2), NOW) is None


def test_many_occurrences_go_at_one_reading_of_their_series(monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[bytes]()

    def count_read(content: bytes) -> Component:
        read.append(content)
        return parse(content)

    kept, message = merge(merge(series(), one(10)), one(17)), merge(one(10), one(17))
    for module in (occurrence, write):
        monkeypatch.setattr(module, "parse", count_read)
    left = drop_occurrences(kept, message, NOW)
    assert left is not None
    assert (list_starts(left), read) == (["03 08"], [kept, message])
