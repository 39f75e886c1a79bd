"""SORT (RFC 5256, RFC 5957, RFC 5267)."""

import pytest

from corneille.mail import sort
from tests.doors.imap.conversation import Client


def letter(sender: str, to: str, subject: str, day: int, body: str = "") -> bytes:
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {day} Feb 2026 10:00:00 +0100\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture
def mailbox(client: Client) -> Client:
    letters = [
        letter("Zoé <b@a.test>", "c@a.test", "Re: [Liste] Cantine", 5, "x" * 50),
        letter('"Ali B" <c@a.test>', "Amis: d@a.test;", "sortie", 3),
        letter("a@z.test", '"\\"x" <b@a.test>', "TR: cantine", 4, "x" * 20),
        letter("=?utf-8?q?=C3=89lise?= <d@a.test>", "", "", 1, "x" * 30),
    ]
    for day, each in zip((1, 2, 3, 1), letters, strict=True):
        client.ok(b'APPEND INBOX () " %d-Mar-2026 08:00:00 +0000" {}' % day, each)
    client.ok(b"SELECT INBOX")
    client.ok(b"STORE 1 +FLAGS (\\Seen)")
    return client


@pytest.mark.parametrize(("keys", "order"), [
    (b"ARRIVAL", b"1 4 2 3"), (b"REVERSE ARRIVAL", b"3 2 1 4"), (b"DATE", b"4 2 3 1"), (b"SIZE", b"2 3 4 1"),
    (b"SUBJECT", b"4 1 3 2"), (b"SUBJECT REVERSE DATE", b"4 1 3 2"), (b"REVERSE SUBJECT", b"2 1 3 4"),
    (b"FROM", b"3 1 2 4"), (b"TO", b"4 2 3 1"), (b"CC", b"1 2 3 4"), (b"CC DATE", b"4 2 3 1"),
    (b"DISPLAYFROM", b"3 2 4 1"), (b"DISPLAYTO", b"4 3 2 1"),
])
def test_keys(mailbox: Client, keys: bytes, order: bytes) -> None:
    assert mailbox.ok(b"SORT (" + keys + b") UTF-8 ALL").untagged == [b"* SORT " + order]


def test_only_what_is_found_is_sorted(mailbox: Client) -> None:
    assert mailbox.ok(b"UID SORT (REVERSE DATE) US-ASCII UNSEEN SUBJECT cantine").untagged == [b"* SORT 3"]
    assert mailbox.ok(b"SORT (DATE) UTF-8 DELETED").untagged == [b"* SORT"]
    assert mailbox.ok(b"SORT (DATE) UTF-8 MODSEQ 1 UNSEEN").one(b"* SORT 4 2 3 (MODSEQ ")


def test_extended_returns_follow_the_order(mailbox: Client) -> None:
    mailbox.send(b"e UID SORT RETURN (MIN MAX ALL COUNT) (DATE) UTF-8 ALL\r\n")
    assert mailbox.read_end(b"e").untagged == [b'* ESEARCH (TAG "e") UID MIN 4 MAX 1 COUNT 4 ALL 4,2:3,1']


def test_after_enable_rev2_the_reply_is_still_sort(client: Client) -> None:
    client.ok(b"ENABLE IMAP4rev2")
    client.append(letter("a@a.test", "b@a.test", "c", 1))
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SORT (DATE) UTF-8 ALL").untagged == [b"* SORT 1"]


@pytest.mark.parametrize("command", [
    b"SORT () UTF-8 ALL", b"SORT (COLOUR) UTF-8 ALL", b"SORT (REVERSE) UTF-8 ALL", b"SORT (DATE) ALL", b"SORT (DATE) UTF-8",
])
def test_what_is_no_sort_is_refused(mailbox: Client, command: bytes) -> None:
    assert mailbox.command(command).status != "OK"


@pytest.mark.parametrize("keys", [b"SUBJECT REVERSE DATE", b"REVERSE CC", b"REVERSE SUBJECT ARRIVAL", b"SIZE"])
def test_a_sort_in_runs_is_the_same(mailbox: Client, monkeypatch: pytest.MonkeyPatch, keys: bytes) -> None:
    mailbox.ok(b"COPY 1:* INBOX")
    whole = mailbox.ok(b"SORT (" + keys + b") UTF-8 ALL").untagged
    monkeypatch.setattr(sort, "RUN", 3)
    monkeypatch.setattr(sort, "MERGED", 2)
    assert mailbox.ok(b"SORT (" + keys + b") UTF-8 ALL").untagged == whole
