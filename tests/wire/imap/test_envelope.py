"""Envelopes read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.imap.envelope import CC, FROM, TO, read_first_address
from corneille.wire.mime.envelope import format_envelope
from corneille.wire.mime.scan import scan


def read(content: bytes, place: int) -> object:
    return read_first_address(format_envelope(content, scan(content)), place)


@pytest.mark.parametrize(("field", "address"), [
    (b'"A \\"b\\"" <c@d.test>, e@f.test', (b'A "b"', b"c", b"d.test")),
    (b"c@d.test", (None, b"c", b"d.test")),
    (b"Amis: c@d.test;", (None, b"Amis", None)),
    ("Élise <c@d.test>".encode(), ("Élise".encode(), b"c", b"d.test")),
    (b"", None),
])
@pytest.mark.parametrize("subject", [b"a", b"a\xff (b) \"c"])
def test_the_first_address_of_each_field(field: bytes, address: object, subject: bytes) -> None:
    others = b"Subject: " + subject + b"\r\nReply-To: x@y.test, z@y.test\r\n"
    for name, place in ((b"From", FROM), (b"To", TO), (b"Cc", CC)):
        before = b"" if name == b"From" else b"From: x@y.test\r\n"
        assert read(before + others + name + b": " + field + b"\r\n\r\n", place) == address


@given(st.binary(), st.sampled_from((FROM, TO, CC)))
def test_any_octets_are_read_without_a_fault(raw: bytes, place: int) -> None:
    read(b"From: " + raw + b"\r\nTo: " + raw + b"\r\n\r\n", place)
    read_first_address(raw, place)
