"""The message of the compose page: what people typed, and nothing that they could not have typed."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.transport.compose import AttachedFile, Correspondent, Letter, clean_filename, compose, flow, is_address
from corneille.transport.values import MessageRefused

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ME = Correspondent("Claire Lemoine", "claire.lemoine@ac-demonstration.test")


def letter(**more: object) -> Letter:
    told: dict[str, object] = {
        "sender": ME, "to": [Correspondent("Roux, Paul", "paul.roux@ac-demonstration.test")], "cc": [], "bcc": [],
        "subject": "Réunion", "text": "Bonjour", "message_id": "<a@ac-demonstration.test>", **more,
    }  # fmt: skip
    return Letter(**told)  # type: ignore[arg-type]


def read(composed: bytes) -> EmailMessage:
    assert b"\n" not in composed.replace(b"\r\n", b"")
    return message_from_bytes(composed, policy=default)


def test_names_with_a_comma_and_accents_come_through() -> None:
    got = read(compose(letter(cc=[Correspondent("Élodie « D’Ô »", "e@x.example")]), AT))
    assert got["to"].addresses[0].display_name == "Roux, Paul"
    assert got["cc"].addresses[0].display_name == "Élodie « D’Ô »"
    assert got["subject"] == "Réunion"


def test_a_file_and_a_message_are_attached_whole() -> None:
    inner = b"Subject: x\r\n\r\n--=_a\r\n\xe9\r\n"
    got = read(compose(letter(files=[AttachedFile("../é t é.pdf", "application/pdf", b"\x00\xff")], forwarded=inner), AT))
    assert b"--=_a\r\n\xe9\r\n" in compose(letter(forwarded=inner), AT)
    attached = [part for part in got.walk() if part.get_content_disposition() == "attachment"]
    assert attached[0].get_filename() == "é t é.pdf"
    assert attached[0].get_content() == b"\x00\xff"
    assert attached[1].get_content_type() == "message/rfc822"


@pytest.mark.parametrize("where", ["subject", "message_id"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_line_end_in_a_header_is_refused(where: str, end: str) -> None:
    with pytest.raises(MessageRefused):
        compose(letter(**{where: f"x{end}Bcc: y@z.example"}), AT)


@pytest.mark.parametrize(
    "address",
    ["a@b\r\nBcc: c@d", "a b@c.example", "@x", "a@", "a@b@c", ".a@b.fr", "a..b@c.fr", "a@-b.fr", "<a@b>", "a@b,c@d", ""],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(MessageRefused):
        compose(letter(to=[Correspondent("x", address)]), AT)


@pytest.mark.parametrize("address", ["a@b.fr", "prénom.nom+détail@académie.fr", "o'neil@x.example", "a@localhost"])
def test_addresses_of_people_are_taken(address: str) -> None:
    assert is_address(address)
    compose(letter(to=[Correspondent("", address)]), AT)


def test_long_paragraphs_flow_and_quotations_keep_their_lines() -> None:
    text = "mot " * 60 + "\n> citation " + "x" * 90 + "\n-- \nMoi"
    flowed = flow(text).split("\n")
    assert all(len(line) <= 77 for line in flowed if not line.startswith(">"))
    assert flowed[0].endswith(" ")
    assert "-- " in flowed


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_subject_and_text_give_one_message_or_a_refusal(subject: str, text: str) -> None:
    try:
        composed = compose(letter(subject=subject, text=text.encode("utf-8", "replace").decode()), AT)
    except MessageRefused:
        return
    got = read(composed)
    own = {"From", "To", "Subject", "Date", "Message-ID"}
    assert set(got) == own | {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


@given(st.text(max_size=300))
def test_a_file_name_is_never_a_path(name: str) -> None:
    clean = clean_filename(name)
    assert 0 < len(clean) <= 120
    assert not set(clean) & set('/\\\r\n\x00"<>')
    assert clean not in {".", ".."}
    compose(letter(files=[AttachedFile(name, "", b"")]), AT)
