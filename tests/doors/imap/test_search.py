"""SEARCH."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def mailbox(client: Client) -> Client:
    client.append(message("Réunion parents", "Salle 12\r\n"), flags=b"(\\Seen)")
    client.append(message("Cantine", "Le menu de la semaine, été\r\n"))
    client.append(message("Sortie", "Réunion au musée\r\n"), flags=b"(\\Flagged $Ecole)")
    client.ok(b"SELECT INBOX")
    return client


@pytest.mark.parametrize(("keys", "found"), [
    (b"ALL", b" 1 2 3"), (b"SEEN", b" 1"), (b"UNSEEN", b" 2 3"), (b"FLAGGED UNSEEN", b" 3"), (b"KEYWORD $ecole", b" 3"),
    (b"NOT FLAGGED", b" 1 2"), (b"OR SEEN FLAGGED", b" 1 3"), (b"2:*", b" 2 3"), (b"UID 1,3", b" 1 3"), (b"NEW", b" 2 3"),
    (b"OLD", b""), (b"RECENT", b" 1 2 3"), (b"SUBJECT cantine", b" 2"), (b"FROM marie", b" 1 2 3"), (b"BODY menu", b" 2"),
    (b"TEXT {8+}\r\nr\xc3\xa9union", b" 1 3"), (b"HEADER Message-ID \"\"", b" 1 2 3"), (b"LARGER 10 SMALLER 5", b""),
    (b"SENTON 2-Feb-2026", b" 1 2 3"), (b"SENTBEFORE 2-Feb-2026", b""), (b"SINCE 1-Jan-2020", b" 1 2 3"),
    (b"BEFORE 1-Jan-2020", b""), (b"(SEEN) (NOT (DELETED))", b" 1"), (b"YOUNGER 3600", b" 1 2 3"), (b"OLDER 3600", b""),
    (b"SAVEDSINCE 1-Jan-2020", b" 1 2 3"), (b"SAVEDBEFORE 1-Jan-2020", b""), (b"SAVEDATESUPPORTED", b" 1 2 3"),
])
def test_keys(mailbox: Client, keys: bytes, found: bytes) -> None:
    assert mailbox.ok(b"SEARCH CHARSET UTF-8 " + keys).untagged == [b"* SEARCH" + found]


def test_extended_returns(mailbox: Client) -> None:
    mailbox.send(b"e UID SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN\r\n")
    assert mailbox.read_end(b"e").untagged == [b'* ESEARCH (TAG "e") UID MIN 2 MAX 3 COUNT 2 ALL 2:3']
    mailbox.send(b"f SEARCH RETURN () DELETED\r\n")
    assert mailbox.read_end(b"f").untagged == [b'* ESEARCH (TAG "f")']


def test_a_saved_result_is_used_again(mailbox: Client) -> None:
    assert mailbox.ok(b"SEARCH RETURN (SAVE) UNSEEN").untagged == []
    assert mailbox.ok(b"FETCH $ UID").untagged == [b"* 2 FETCH (UID 2)", b"* 3 FETCH (UID 3)"]
    assert mailbox.ok(b"SEARCH $ FLAGGED").untagged == [b"* SEARCH 3"]
    mailbox.ok(b"SEARCH RETURN (SAVE MIN) ALL")
    assert mailbox.ok(b"UID FETCH $ UID").untagged == [b"* 1 FETCH (UID 1)"]
    mailbox.command(b"SEARCH RETURN (SAVE) 99")
    assert mailbox.ok(b"FETCH $ UID").untagged == []


def test_an_unknown_charset_is_told_which_are_known(mailbox: Client) -> None:
    assert mailbox.command(b"SEARCH CHARSET KOI8-R ALL").text.startswith("[BADCHARSET (US-ASCII UTF-8)]")


def test_modseq_is_told_when_asked(mailbox: Client) -> None:
    assert b"(MODSEQ " in mailbox.ok(b"SEARCH MODSEQ 1").one(b"* SEARCH 1 2 3")


def test_after_enable_rev2_the_reply_is_extended(mailbox: Client) -> None:
    mailbox.ok(b"ENABLE IMAP4rev2")
    assert mailbox.ok(b"SEARCH ALL").one(b"ESEARCH").endswith(b"ALL 1:3")


def test_a_number_that_is_no_message_finds_nothing(mailbox: Client) -> None:
    assert mailbox.ok(b"SEARCH 9").untagged == [b"* SEARCH"]
    assert mailbox.ok(b"SEARCH 2,9,3:20").untagged == [b"* SEARCH 2 3"]
    assert mailbox.ok(b"SEARCH NOT 9:7").untagged == [b"* SEARCH 1 2 3"]
    assert mailbox.command(b"FETCH 9 FLAGS").status == "BAD"


def test_an_address_is_found_through_its_comments(client: Client) -> None:
    client.append(b"From: <marie.martin (au lycee)@ (Clairval) exemple.test>\r\nTo: paul @exemple.test\r\n\r\n.\r\n")
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SEARCH FROM marie.martin@exemple.test").untagged == [b"* SEARCH 1"]
    assert client.ok(b"SEARCH TO paul@exemple.test FROM lycee").untagged == [b"* SEARCH 1"]
    assert client.ok(b"SEARCH CC paul@exemple.test").untagged == [b"* SEARCH"]


@pytest.mark.parametrize(("asked", "told"), [
    (b"1:2", b"(1:2 1:2)"), (b"3:2", b"(2:3 2:3)"), (b"4:9", b"(4:9 NIL)"), (b"-1:-2", b"(-1:-2 2:3)"),
    (b"-3:-9", b"(-3:-9 1)"), (b"-4:-9", b"(-4:-9 NIL)"),
])
def test_a_page_of_the_result(mailbox: Client, asked: bytes, told: bytes) -> None:
    mailbox.send(b"e SEARCH RETURN (PARTIAL " + asked + b" COUNT) ALL\r\n")
    assert mailbox.read_end(b"e").untagged == [b'* ESEARCH (TAG "e") COUNT 3 PARTIAL ' + told]


def test_a_page_is_saved_and_counts_from_one_side(mailbox: Client) -> None:
    mailbox.ok(b"UID SEARCH RETURN (SAVE PARTIAL -1:-2) ALL")
    assert mailbox.ok(b"FETCH $ UID").untagged == [b"* 2 FETCH (UID 2)", b"* 3 FETCH (UID 3)"]
    for wrong in (b"PARTIAL 1:-2", b"PARTIAL 0:2", b"PARTIAL 1:2 ALL", b"PARTIAL"):
        assert mailbox.command(b"SEARCH RETURN (" + wrong + b") ALL").status == "BAD"


def test_days_are_those_that_internaldate_shows(client: Client) -> None:
    client.ok(b'APPEND INBOX " 3-Feb-2026 23:30:00 +0000" {}', message("nuit"))
    client.ok(b"SELECT INBOX")
    assert b'INTERNALDATE " 4-Feb-2026 00:30:00 +0100"' in client.ok(b"FETCH 1 INTERNALDATE").one(b"FETCH")
    assert client.ok(b"SEARCH ON 4-Feb-2026").untagged == [b"* SEARCH 1"]
    assert client.ok(b"SEARCH BEFORE 4-Feb-2026").untagged == [b"* SEARCH"]


INSIDE = (
    b"Ceci n'est pas un champ\r\nSubject: Tr: notes\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
    b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Zoe <zoe@x.example>\r\nSubject: =?utf-8?q?=C3=A9cole?=\r\n\r\nici\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n--b--\r\n"
)


@pytest.mark.parametrize(("keys", "is_found"), [
    (b"TEXT text/calendar", True), (b"TEXT method=REQUEST", True), (b"BODY text/calendar", False),
    (b"TEXT \"pas un champ\"", True),
    (b"BODY zoe@x.example", True), (b"TEXT ecole", True), (b"BODY 5.1.1", True), (b"FROM zoe", False),
    (b"SUBJECT ecole", False),
    (b"HEADER Content-Type calendar", False), (b"HEADER Content-Type mixed", True), (b"BODY \"BEGIN:VCALENDAR\"", True),
])
def test_text_looks_into_fields_of_parts_and_body_into_messages_inside(
    client: Client, keys: bytes, is_found: bool
) -> None:
    client.append(INSIDE)
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SEARCH " + keys).untagged == [b"* SEARCH 1" if is_found else b"* SEARCH"]


def test_who_and_what_are_found_behind_any_number_of_fields(client: Client) -> None:
    client.append(b"".join(b"X-%d: b\r\n" % n for n in range(12_000)) + b"From: zoe@x.example\r\n\r\n")
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SEARCH FROM zoe").untagged == [b"* SEARCH 1"]
