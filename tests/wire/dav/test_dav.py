"""The grammar: whatever comes is a value or a refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.dav.multistatus import Answered, format_href, format_multistatus, split
from corneille.wire.dav.names import caldav, dav
from corneille.wire.dav.report import CalendarQuery, CompFilter, PropFilter, parse_path, parse_report
from corneille.wire.dav.request import (
    Propfind,
    parse_basic,
    parse_changes,
    parse_depth,
    parse_etags,
    parse_preconditions,
    parse_propfind,
)
from corneille.wire.dav.tree import BadRequest, make, parse_xml

NS = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'


def test_propfind_asks_for_all_names_or_some() -> None:
    assert parse_propfind(b"") == Propfind(None)
    assert parse_propfind(f"<d:propfind {NS}><d:propname/></d:propfind>".encode()) == Propfind(None, is_names_only=True)
    some = f"<d:propfind {NS}><d:prop><d:getetag/><c:calendar-data/><d:getetag/></d:prop></d:propfind>"
    assert parse_propfind(some.encode()) == Propfind((dav("getetag"), caldav("calendar-data")))


def test_a_filter_is_read() -> None:
    asked = parse_report(
        f'<c:calendar-query {NS}><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR">'
        '<c:comp-filter name="vtodo">'
        '<c:prop-filter name="summary"><c:text-match negate-condition="yes">é</c:text-match></c:prop-filter>'
        "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>".encode()
    )
    assert isinstance(asked, CalendarQuery)
    assert asked.filter == CompFilter("VTODO", properties=(PropFilter("SUMMARY", text="é", is_negated=True),))


RANGES = ["", 'start="x"', 'start="20260101T000000Z" end="20260101T000000Z"', 'start="20260101"', 'end="20261301T000000Z"']


@pytest.mark.parametrize("span", RANGES)
def test_a_stretch_that_is_none_is_refused(span: str) -> None:
    with pytest.raises(BadRequest):
        parse_report(f"<c:free-busy-query {NS}><c:time-range {span}/></c:free-busy-query>".encode())


HOSTILE = [
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><a>&lol2;</a>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', b"<a>" * 40 + b"</a>" * 40, b"", b"a", b"\x00",
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE)
def test_xml_is_read_without_what_makes_it_dangerous(content: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_xml(content)


@given(st.binary(max_size=200))
def test_whatever_comes_is_a_value_or_a_refusal(content: bytes) -> None:
    for parse in (parse_propfind, parse_changes, parse_report):
        try:
            parse(content)
        except BadRequest:
            continue


@given(st.text(max_size=40).filter(lambda text: "\x00" not in text))
def test_an_address_comes_back_as_it_was(name: str) -> None:
    try:
        path = f"/dav/{name}"
        assert parse_path(format_href(path)) == path
    except UnicodeEncodeError:
        return


def test_headers() -> None:
    assert [parse_depth(each, 1) for each in ("0", "1", None, "Infinity")] == [0, 1, 1, None]
    with pytest.raises(BadRequest):
        parse_depth("2", 1)
    assert parse_etags('"a", W/"b" , "c"') == {"a", "c"}
    assert parse_preconditions({"if-match": "*"}).etags is None
    assert parse_preconditions({"if-none-match": "*"}).absent
    assert parse_basic("basic YTpiOmM=") == ("a", "b:c")
    assert parse_basic("Digest YTpi") is None


def test_an_answer_has_a_group_for_each_status() -> None:
    known = {dav("displayname"): make(dav("displayname"), text="<é>\x01")}
    told = format_multistatus([Answered("/a", split((dav("displayname"), dav("other")), known))], token="urn:x")
    assert b"&lt;\xc3\xa9&gt;</d:displayname>" in told
    assert b"404 Not Found" in told
    assert b"<d:sync-token>urn:x</d:sync-token>" in told
