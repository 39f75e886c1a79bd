"""BODY[…]: the octets that IMAP's sections name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.mime.scan import scan
from corneille.wire.mime.section import Of, Section, read_section
from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED

_INSIDE = b"Subject: dedans\r\nTo: x@y\r\n\r\nplain\r\n"
_CONTENT = (
    b"From: a@b\r\nSubject: dehors\r\n suite\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\navant\r\n"
    b"--o\r\nContent-Type: text/html\r\n\r\nun\r\n--o\r\nContent-Type: message/rfc822\r\nX: y\r\n\r\n"
    + _INSIDE
    + b"\r\n--o--\r\n"
)


def read(path: str, of: Of = Of.ALL, *names: bytes, content: bytes = _CONTENT) -> bytes | None:
    section = Section(tuple(int(number) for number in path.split(".") if number), of, names)
    return read_section(content, scan(content), section)


@pytest.mark.parametrize(
    ("path", "of", "octets"),
    [
        ("", Of.ALL, _CONTENT),
        ("", Of.HEADER, _CONTENT[: _CONTENT.index(b"avant")]),
        ("", Of.TEXT, _CONTENT[_CONTENT.index(b"avant") :]),
        ("1", Of.ALL, b"un"),
        ("1", Of.MIME, b"Content-Type: text/html\r\n\r\n"),
        ("1", Of.TEXT, None),
        ("1", Of.HEADER, None),
        ("1.1", Of.ALL, None),
        ("2", Of.ALL, _INSIDE),
        ("2", Of.MIME, b"Content-Type: message/rfc822\r\nX: y\r\n\r\n"),
        ("2", Of.HEADER, b"Subject: dedans\r\nTo: x@y\r\n\r\n"),
        ("2", Of.TEXT, b"plain\r\n"),
        ("2.1", Of.ALL, b"plain\r\n"),
        ("2.2", Of.ALL, None),
        ("2.1.1", Of.ALL, None),
        ("3", Of.ALL, None),
        ("0", Of.ALL, None),
    ],
)
def test_sections(path: str, of: Of, octets: bytes | None) -> None:
    assert read(path, of) == octets


def test_chosen_fields_come_in_the_messages_order_with_an_empty_line() -> None:
    assert read("", Of.FIELDS, b"SUBJECT", b"From") == b"From: a@b\r\nSubject: dehors\r\n suite\r\n\r\n"
    assert read("", Of.FIELDS, b"Absent") == b"\r\n"
    assert read("2", Of.FIELDS_NOT, b"subject") == b"To: x@y\r\n\r\n"


def test_a_plain_message_is_its_own_part_one() -> None:
    assert read("1", content=b"Subject: x\r\n\r\ncorps\r\n") == b"corps\r\n"
    assert read("1", Of.MIME, content=b"Subject: x\r\n\r\ncorps\r\n") == b"Subject: x\r\n\r\n"
    assert read("2", content=b"Subject: x\r\n\r\ncorps\r\n") is None


@pytest.mark.parametrize("name", [*MALFORMED, *WELLFORMED])
def test_header_and_text_together_are_the_message(name: str) -> None:
    content = (MALFORMED | WELLFORMED)[name]
    header, text = read("", Of.HEADER, content=content), read("", Of.TEXT, content=content)
    assert header is not None
    assert text is not None
    assert header + text == content


@given(st.sampled_from(sorted(MALFORMED)), st.lists(st.integers(0, 3), max_size=6), st.sampled_from(list(Of)))
def test_any_section_of_a_broken_message_is_octets_or_nil(name: str, path: list[int], of: Of) -> None:
    content = MALFORMED[name]
    found = read_section(content, scan(content), Section(tuple(path), of, (b"to",)))
    assert found is None or len(found) <= len(content) + 2
