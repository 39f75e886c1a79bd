"""Header blocks, encoded words, addresses for people, dates, identifiers, base subjects."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.mime.address import MAX_ADDRESSES, Address
from corneille.wire.mime.header import decode_header, parse_addresses, parse_date, parse_headers
from corneille.wire.mime.message_id import MAX_IDS, parse_message_ids
from corneille.wire.mime.scan import scan
from corneille.wire.mime.subject import base_subject
from tests.corpus.malformed import MALFORMED


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Bonjour", "Bonjour"),
        (b"=?utf-8?q?=C3=A9t=C3=A9?=", "été"),
        (b"=?UTF-8?B?w6l0w6k=?=", "été"),
        (b"=?utf-8?b?w6l0w6k?=", "été"),  # padding forgotten
        (b"=?iso-8859-1*fr?q?=E9t=E9?=", "été"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),  # a character cut in two
        (b"=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"),
        (b"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        (b"=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"),
        (b"=?utf-8?q?R=C3=A9union de rentr=C3=A9e?=", "Réunion de rentrée"),  # spaces inside
        (b"=?utf-8?q?R=C3=A9union", "=?utf-8?q?R=C3=A9union"),  # never closed
        (b"avant=?utf-8?q?=C3=A9?=", "avanté"),
        (b"=?utf-8?q?vraiment??=", "vraiment?"),
        (b"=?x-inconnu?q?caf=E9?=", "café"),
        (b"=?utf8mb4?q?=C3=A9?=", "é"),
        (b"=?iso-2022-jp?b?GyRCJDMbKEI=?= =?iso-2022-jp?b?GyRCJHMbKEI=?=", "こん"),
        (b"=?utf-7?q?+ADw-?=", "+ADw-"),
        ("déjà".encode(), "déjà"),
        ("déjà".encode("latin-1"), "déjà"),
        (b"un\r\n deux", "un deux"),
        (b"a\0b\x1bc", "a b c"),
        (b"=?utf-8?q?Bonjour=0D=0ABcc:_x?=", "Bonjour  Bcc: x"),  # no line end comes out of an encoded word
        (b"=?utf-8?q??=", ""),
    ],
)
def test_values_are_decoded_for_people(raw: bytes, text: str) -> None:
    assert decode_header(raw) == text


@given(st.binary(max_size=300))
def test_any_value_is_decoded_to_one_line(raw: bytes) -> None:
    text = decode_header(raw)
    assert "\r" not in text
    assert "\n" not in text
    assert "\0" not in text
    text.encode()  # no lone surrogate


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        (b"", []),
        (b"Anne <a@b.example>", [Address("Anne", "a@b.example")]),
        (b'"=?utf-8?q?=C3=89lodie?= P." <e@b.example>', [Address("Élodie P.", "e@b.example")]),
        (b"Profs: a@b.example, c@d.example;", [Address("", "a@b.example"), Address("", "c@d.example")]),
        ("Élodie <élodie@académie.example>".encode(), [Address("Élodie", "élodie@académie.example")]),
        (b"le secretariat", [Address("", "le secretariat")]),
        (b"undisclosed-recipients:;", []),
        (b'"a, b" <x@y>, z@w', [Address("a, b", "x@y"), Address("", "z@w")]),
        (b"<>", []),
        (b"\x01<", []),
    ],
)
def test_addresses_for_people(raw: bytes, people: list[Address]) -> None:
    assert parse_addresses(raw) == people


@given(st.one_of(st.binary(max_size=200), st.text(' ab@<>,:;"\\().=?', max_size=60).map(str.encode)))
def test_any_bytes_give_addresses(raw: bytes) -> None:
    for each in parse_addresses(raw):
        assert each.address
        (each.name + each.address).encode()


def test_addresses_are_limited() -> None:
    assert len(parse_addresses(b"a@b," * (MAX_ADDRESSES + 5))) == MAX_ADDRESSES


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        (b"Tue, 17 Nov 2026 08:15:00 +0100", "2026-11-17T08:15:00+01:00"),
        (b"17 Nov 2026 08:15 +0000", "2026-11-17T08:15:00+00:00"),
        (b"Tue, 17 Nov 2026 08:15:00 +0100 (CET)", "2026-11-17T08:15:00+01:00"),
        (b"Fri, 21 Nov 97 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00"),
        (b"Tue, 17 Nov 26 08:15:00 EST", "2026-11-17T08:15:00-05:00"),
        (b"Tue,17 Nov 2026 08:15:00 GMT", "2026-11-17T08:15:00+00:00"),
        (b"Tue Nov 17 08:15:00 2026", "2026-11-17T08:15:00+00:00"),
        (b"17-Nov-2026 08:15:00 -0000", "2026-11-17T08:15:00+00:00"),
        (b"Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00"),
    ],
)
def test_dates(raw: bytes, iso: str) -> None:
    assert parse_date(raw) == datetime.fromisoformat(iso)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hier",
        b"31 Feb 2026 00:00 +0000",
        b"1 Jan 0000 00:00 +0000",
        b"1 Jan 2026",
        b"9" * 5000,
        b"31 Dec 9999 23:59:59 -1200",
        b"Tue, 17 Zzz 2026 08:15:00 +0100",
        b"\xff\0",
    ],
)
def test_what_is_no_date_is_none(raw: bytes) -> None:
    assert parse_date(raw) is None


@given(
    st.one_of(
        st.binary(max_size=60), st.from_regex(rb"\d{1,3} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d(:\d\d)? [+-]\d{4}", fullmatch=True)
    )
)
def test_any_bytes_give_a_date_or_none(raw: bytes) -> None:
    found = parse_date(raw)
    assert found is None or found.utcoffset() is not None


def test_headers_keep_order_repeats_and_raw_lines() -> None:
    content = b"Received: un\r\nX-A : 1\r\nrien\r\nReceived: deux\r\n\tsuite\r\nSubject: =?utf-8?q?=C3=A9?=\r\n\r\n"
    headers = parse_headers(content, scan(content))
    assert b"".join(raw for _, raw in headers.lines) == content[:-2]
    assert headers.all("received") == [b"un", b"deux\tsuite"]
    assert headers.get("RECEIVED") == b"deux\tsuite"
    assert headers.get("x-a") == b"1"
    assert headers.get("absent") is None
    assert headers.text("subject") == "é"
    assert [name for name, _ in headers] == [b"Received", b"X-A", b"Received", b"Subject"]


@pytest.mark.parametrize("name", MALFORMED)
def test_headers_of_broken_messages_lose_no_octet(name: str) -> None:
    content = MALFORMED[name]
    part = scan(content)
    headers = parse_headers(content, part)
    assert b"".join(raw for _, raw in headers.lines) == content[: part.header_end]
    assert all(isinstance(decode_header(value), str) for _, value in headers)


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (b"<a@b>", ["a@b"]),
        (b"<a@b> (suite) <c@d>\r\n <a@b>", ["a@b", "c@d"]),
        (b"message d'Anne du 12, <a@b>", ["a@b"]),
        (b"a@b", ["a@b"]),
        (b"message d'Anne", []),
        (b"<c@d <e@f> <>", ["e@f"]),
        (b"< g @ h >", ["g@h"]),
    ],
)
def test_message_ids(raw: bytes, ids: list[str]) -> None:
    assert parse_message_ids(raw) == ids


def test_message_ids_are_limited() -> None:
    assert len(parse_message_ids(b"".join(b"<%d@x>" % n for n in range(MAX_IDS + 9)))) == MAX_IDS


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("Conseil", "Conseil"),
        ("Re: Conseil", "Conseil"),
        ("RE : Re: [profs] Tr: Conseil", "Conseil"),
        ("Re[2]: Conseil (fwd)", "Conseil"),
        ("[Fwd: Re: Conseil]", "Conseil"),
        ("Réf : Conseil", "Conseil"),
        ("AW: WG: Conseil", "Conseil"),
        ("Conseil  de\tclasse ", "Conseil de classe"),
        ("[profs]", "[profs]"),
        ("Re:", ""),
        ("Trousse : perdue", "Trousse : perdue"),
        ("Rentrée : le programme", "Rentrée : le programme"),
        ("", ""),
    ],
)
def test_base_subjects(subject: str, base: str) -> None:
    assert base_subject(subject) == base


@given(st.text("re: []()fwdFWtr2", max_size=60))
def test_a_base_subject_is_its_own_base(text: str) -> None:
    base = base_subject(text)
    assert base_subject(base) == base
