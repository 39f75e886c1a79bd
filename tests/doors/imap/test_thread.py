"""THREAD (RFC 5256)."""

import pytest

from tests.doors.imap.conversation import Client


def letter(name: str, subject: str, day: int, refers: str = "") -> bytes:
    date = f"{day} Feb 2026 10:00:00 +0100"
    return f"Message-ID: <{name}@x>\r\nSubject: {subject}\r\nDate: {date}\r\n{refers}\r\n.\r\n".encode()


@pytest.fixture
def mailbox(client: Client) -> Client:
    client.append(letter("a", "Sortie", 1))
    client.append(letter("b", "Re: Sortie", 2, "References: <a@x>\r\n"))
    client.append(letter("c", "Re: Sortie", 4, "In-Reply-To: <b@x>\r\n"))
    client.append(letter("d", "Re: Sortie", 3, "References: <a@x>\r\n"))
    client.append(letter("e", "Cantine", 5, "References: <gone@x>\r\n"))
    client.append(letter("f", "Menu", 6, "References: <gone@x>\r\n"))
    client.ok(b"SELECT INBOX")
    return client


def test_by_references(mailbox: Client) -> None:
    assert mailbox.ok(b"THREAD REFERENCES UTF-8 ALL").untagged == [b"* THREAD (1 (2 3)(4))((5)(6))"]
    mailbox.ok(b"STORE 1 +FLAGS (\\Deleted)")
    mailbox.ok(b"EXPUNGE")
    assert mailbox.ok(b"UID THREAD REFERENCES UTF-8 ALL").untagged == [b"* THREAD ((2 3)(4))((5)(6))"]


def test_by_subject(mailbox: Client) -> None:
    assert mailbox.ok(b"THREAD ORDEREDSUBJECT UTF-8 ALL").untagged == [b"* THREAD (1 (2)(4)(3))(5)(6)"]


def test_of_what_is_found_and_of_nothing(mailbox: Client) -> None:
    assert mailbox.ok(b"THREAD REFERENCES UTF-8 SUBJECT sortie 2:3").untagged == [b"* THREAD (2 3)"]
    assert mailbox.ok(b"THREAD REFERENCES UTF-8 DELETED").untagged == [b"* THREAD"]
    assert mailbox.command(b"THREAD COLOURS UTF-8 ALL").status == "BAD"
    assert mailbox.command(b"THREAD REFERENCES KOI8-R ALL").text.startswith("[BADCHARSET")
