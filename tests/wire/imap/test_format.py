"""What replies are made of."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.imap.date import format_seconds, parse_date_time
from corneille.wire.imap.sequence_set import SequenceSet, format_set, parse_set
from corneille.wire.imap.string import format_astring, format_literal8, format_nstring, format_string


@pytest.mark.parametrize(("raw", "written"), [
    (b"INBOX", b"INBOX"), (b"a b", b'"a b"'), (b'a"\\', b'"a\\"\\\\"'), (b"", b'""'), (b"nil", b'"nil"'),
    (b"a\r\nb", b"{4}\r\na\r\nb"), (b"\xc3\xa9", b"{2}\r\n\xc3\xa9"), (b"a*", b'"a*"'), (b"a]", b'"a]"'),
])
def test_a_string_is_an_atom_quoted_or_a_literal(raw: bytes, written: bytes) -> None:
    assert format_astring(raw) == written


def test_utf8_is_quoted_once_enabled() -> None:
    assert format_string("é".encode(), utf8=True) == '"é"'.encode()


def test_nothing_is_nil_and_empty_is_not() -> None:
    assert (format_nstring(None), format_nstring(b"")) == (b"NIL", b'""')


def test_nul_goes_in_a_literal8() -> None:
    assert (format_literal8(b"a\0"), format_literal8(b"a")) == (b"~{2}\r\na\0", b"{1}\r\na")


@given(st.binary(max_size=50))
def test_no_string_breaks_its_line(raw: bytes) -> None:
    written = format_string(raw)
    if written.startswith(b'"'):
        assert b"\r" not in written
        assert b"\n" not in written


@given(st.sets(st.integers(1, 60)))
def test_a_set_written_and_read_is_the_same(numbers: set[int]) -> None:
    if numbers:
        ranges = parse_set(format_set(sorted(numbers))).resolve(60)
        assert {each for low, high in ranges for each in range(low, high + 1)} == numbers


def test_sets_keep_the_order_given() -> None:
    assert format_set([304, 319, 320, 5]) == b"304,319:320,5"
    assert format_set([]) == b""


@pytest.mark.parametrize(("raw", "last", "ranges"), [
    (b"1:*", 5, [(1, 5)]), (b"*:1", 5, [(1, 5)]), (b"9:*", 5, [(5, 9)]), (b"*", 5, [(5, 5)]),
    (b"3,1:2,7", 9, [(1, 3), (7, 7)]),
    (b"1:9,2:3", 9, [(1, 9)]),
])
def test_a_set_resolves_against_the_last(raw: bytes, last: int, ranges: list[tuple[int, int]]) -> None:
    assert parse_set(raw).resolve(last) == ranges


def test_the_highest_number_is_known() -> None:
    assert SequenceSet(((1, 0), (4, 2))).highest == 4


@pytest.mark.parametrize(("zone", "written"), [
    ("UTC", b'"31-Jan-2026 23:30:00 +0000"'), ("Europe/Paris", b'" 1-Feb-2026 00:30:00 +0100"'),
    ("America/St_Johns", b'"31-Jan-2026 20:00:00 -0330"'),
])
def test_an_instant_is_written_in_a_zone(zone: str, written: bytes) -> None:
    instant = parse_date_time(b" 1-Feb-2026 00:30:00 +0100")
    assert instant == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert format_seconds(int(instant.timestamp()), ZoneInfo(zone)) == written


@pytest.mark.parametrize(("seconds", "written"), [
    (1774745999, b'"29-Mar-2026 01:59:59 +0100"'), (1774746000, b'"29-Mar-2026 03:00:00 +0200"'),
    (-(2**63), b'" 2-Jan-0001 00:09:00 +0009"'), (2**63, b'"31-Dec-9999 00:59:59 +0100"'),
])
def test_offsets_change_and_no_number_is_too_large(seconds: int, written: bytes) -> None:
    assert format_seconds(seconds, ZoneInfo("Europe/Paris")) == written
