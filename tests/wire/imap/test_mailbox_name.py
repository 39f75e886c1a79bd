"""Mailbox names on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.imap.mailbox_name import decode_mailbox, decode_mailbox_name, decode_utf7, encode_utf7
from corneille.wire.imap.syntax import NameRefused


@pytest.mark.parametrize(("name", "raw"), [
    ("Archives", b"Archives"),
    ("Élèves", b"&AMk-l&AOg-ves"),
    ("R&D", b"R&-D"),
    ("&é&", b"&-&AOk-&-"),
    ("台北/日本語", b"&U,BTFw-/&ZeVnLIqe-"),
    ("fil\r\n* BYE", b"fil&AA0ACg-* BYE"),
    ("📎", b"&2D3czg-"),
])
def test_names_are_written_in_modified_utf7(name: str, raw: bytes) -> None:
    assert encode_utf7(name) == raw
    assert decode_utf7(raw) == name


@pytest.mark.parametrize("raw", [b"&", b"a&b", b"&AGE-", b"&AOk", b"&AOk-&AOk-", b"&!!-", b"\xc3\xa9", b"&2D0-", b"&AOl-"])
def test_what_is_no_modified_utf7_is_refused(raw: bytes) -> None:
    with pytest.raises(NameRefused):
        decode_utf7(raw)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_comes_back_and_never_leaves_printable_ascii(name: str) -> None:
    raw = encode_utf7(name)
    assert all(0x20 <= byte < 0x7F for byte in raw)
    assert decode_utf7(raw) == name


@given(st.binary())
def test_names_of_other_programs_never_fail(raw: bytes) -> None:
    assert isinstance(decode_mailbox_name(raw), str)


def test_inbox_is_itself_in_any_case() -> None:
    assert decode_mailbox(b"inBox", utf8=False) == decode_mailbox(b"INBOX", utf8=True) == "INBOX"


def test_after_enable_names_are_utf8() -> None:
    assert decode_mailbox("Élèves & co".encode(), utf8=True) == "Élèves & co"
    with pytest.raises(NameRefused):
        decode_mailbox(b"\xff", utf8=True)
