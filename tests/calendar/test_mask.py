"""Private events without their words, remembered without them too."""

import sys

from corneille.calendar.mask import mask
from corneille.calendar.models import CalendarObject
from tests.calendar.conftest import event


def make(number: int, content: bytes, etag: str) -> CalendarObject:
    return CalendarObject(pk=number, content=content, etag=etag, is_private=True)


def test_nothing_holds_its_words_once_it_is_masked() -> None:
    content = event("secret")
    row = make(1, content, "secret")
    held = sys.getrefcount(content)
    masked = mask(row, "Occupé")
    assert masked is not None
    assert b"SUMMARY:Occup" in masked.content
    assert b"cole" not in masked.content
    assert mask(row, "Occupé") is masked
    assert sys.getrefcount(content) == held


def test_what_changed_is_masked_anew() -> None:
    before, after = (
        mask(make(2, event("b", f"20261103T{hour}0000", f"20261103T{hour}3000"), hour), "Occupé") for hour in ("08", "09")
    )
    assert before is not None
    assert after is not None
    assert before.etag != after.etag


def test_what_takes_no_time_is_not_there() -> None:
    assert mask(make(3, event("c", "20261103T080000", "20261103T090000", "TRANSP:TRANSPARENT"), "c"), "Occupé") is None
    assert mask(make(4, b"nonsense", "d"), "Occupé") is None
