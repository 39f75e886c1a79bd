"""FETCH."""

import os

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, message

MULTIPART = (
    b"From: a@b.test\r\nSubject: pi\xc3\xa8ces\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--x\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Subject: dedans\r\n\r\nTexte dedans\r\n--x--\r\n"
)


@pytest.fixture
def mailbox(client: Client) -> Client:
    client.append(message("premier"), flags=b"(\\Seen)")
    client.append(MULTIPART)
    client.ok(b"SELECT INBOX")
    return client


def cut_off_the_second(ground: Ground) -> None:
    """Its last octets are gone from the disk, with what was written after it."""
    (segment,) = ground.data.glob("mail/0/segments/*.segment")
    os.truncate(segment, segment.read_bytes().rindex(MULTIPART) + len(MULTIPART) - 10)


def fetch(client: Client, items: bytes, number: bytes = b"2") -> bytes:
    return client.ok(b"FETCH " + number + b" " + items).one(b"FETCH")


def test_flags_of_all(mailbox: Client) -> None:
    assert mailbox.ok(b"FETCH 1:* FLAGS").untagged == [b"* 1 FETCH (FLAGS (\\Seen))", b"* 2 FETCH (FLAGS ())"]
    assert mailbox.ok(b"UID FETCH 1:* FLAGS").untagged == [
        b"* 1 FETCH (UID 1 FLAGS (\\Seen))", b"* 2 FETCH (UID 2 FLAGS ())"
    ]


def test_metadata_is_served(mailbox: Client) -> None:
    told = fetch(mailbox, b"ALL", b"1")
    assert b'"premier"' in told
    assert b'(("Marie Martin" NIL "marie.martin" "ac-demonstration.test"))' in told
    structure = fetch(mailbox, b"BODYSTRUCTURE")
    assert structure.startswith(b'* 2 FETCH (BODYSTRUCTURE (("text" "plain"')
    assert b'"mixed"' in structure


@pytest.mark.parametrize(("item", "label", "content"), [
    (b"BODY.PEEK[]", b"BODY[]", MULTIPART),
    (b"RFC822.HEADER", b"RFC822.HEADER", MULTIPART[: MULTIPART.index(b"--x\r\n")]),
    (b"BODY.PEEK[TEXT]", b"BODY[TEXT]", MULTIPART[MULTIPART.index(b"--x\r\n") :]),
    (b"BODY.PEEK[1]", b"BODY[1]", b"Bonjour"),
    (b"BODY.PEEK[2.MIME]", b"BODY[2.MIME]",
     b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
    (b"BODY.PEEK[3.HEADER]", b"BODY[3.HEADER]", b"Subject: dedans\r\n\r\n"),
    (b"BODY.PEEK[3.TEXT]", b"BODY[3.TEXT]", b"Texte dedans"),
    (b"BODY.PEEK[HEADER.FIELDS (from)]", b"BODY[HEADER.FIELDS (from)]", b"From: a@b.test\r\n\r\n"),
    (b"BODY.PEEK[HEADER.FIELDS.NOT (Subject Mime-Version Content-Type)]",
     b"BODY[HEADER.FIELDS.NOT (Subject Mime-Version Content-Type)]", b"From: a@b.test\r\n\r\n"),
    (b"BODY.PEEK[]<6.5>", b"BODY[]<6>", b"a@b.t"),
    (b"BODY.PEEK[]<99999.5>", b"BODY[]<99999>", b""),
    (b"BINARY.PEEK[1]", b"BINARY[1]", b"Bonjour"),
])
def test_a_section_is_served(mailbox: Client, item: bytes, label: bytes, content: bytes) -> None:
    assert fetch(mailbox, item) == b"* 2 FETCH (%b {%d}\r\n%b)" % (label, len(content), content)


def test_a_part_that_is_not_there_is_nil(mailbox: Client) -> None:
    assert fetch(mailbox, b"BODY.PEEK[9]") == b"* 2 FETCH (BODY[9] NIL)"


def test_binary_is_decoded(mailbox: Client) -> None:
    assert fetch(mailbox, b"BINARY.SIZE[2]") == b"* 2 FETCH (BINARY.SIZE[2] 3)"
    mailbox.send(b"a FETCH 2 BINARY.PEEK[2]\r\n")
    assert mailbox.read_end(b"a").untagged == [b"* 2 FETCH (BINARY[2] ~{3}\r\n\x00\x01\x02)"]


def test_reading_marks_as_seen_and_peeking_does_not(mailbox: Client) -> None:
    fetch(mailbox, b"BODY.PEEK[]")
    assert fetch(mailbox, b"FLAGS") == b"* 2 FETCH (FLAGS ())"
    reply = mailbox.ok(b"FETCH 2 BODY[1]")
    assert reply.untagged == [b"* 2 FETCH (FLAGS (\\Seen) BODY[1] {7}\r\nBonjour)"]
    assert fetch(mailbox, b"BODY[1]") == b"* 2 FETCH (BODY[1] {7}\r\nBonjour)"


def test_ids_dates_and_previews(mailbox: Client) -> None:
    told = fetch(mailbox, b"(EMAILID THREADID SAVEDATE PREVIEW (LAZY))")
    assert b"EMAILID (M" in told
    assert b"THREADID (T" in told
    assert b'SAVEDATE "' in told
    assert b'PREVIEW "Bonjour' in told


@pytest.mark.parametrize("item", [
    b"UID", b"FLAGS", b"RFC822.SIZE", b"INTERNALDATE", b"SAVEDATE", b"ENVELOPE", b"BODY", b"BODYSTRUCTURE", b"MODSEQ",
    b"EMAILID", b"THREADID",
])
def test_what_the_store_puts_together_is_what_a_row_tells(mailbox: Client, item: bytes) -> None:
    mailbox.append(b"Subject: It's caf\xe9 'd\xe9ca'\r\nFrom: \"O'Neil\" <o@b.test>\r\n\r\n", flags=b"(\\Flagged $Mine)")
    mailbox.shows_recent = True
    mailbox.ok(b"NOOP")
    together = mailbox.ok(b"FETCH 1,3 (" + item + b")").find(b" FETCH ")
    by_rows = mailbox.ok(b"FETCH 1,3 (" + item + b" PREVIEW)").find(b" FETCH ")
    assert together == [row.partition(b" PREVIEW ")[0] + b")" for row in by_rows]
    assert len(together) == 2


def test_a_copy_has_the_same_email_id(mailbox: Client) -> None:
    before = fetch(mailbox, b"EMAILID", b"2").split(b"(EMAILID ")[1]
    mailbox.ok(b"COPY 2 Archive")
    mailbox.ok(b"SELECT Archive")
    assert fetch(mailbox, b"EMAILID", b"1").split(b"(EMAILID ")[1] == before


def test_numbers_that_are_no_messages(mailbox: Client) -> None:
    assert mailbox.command(b"FETCH 3 FLAGS").status == "BAD"
    assert mailbox.ok(b"UID FETCH 3:9 FLAGS").untagged == []
    assert mailbox.ok(b"UID FETCH 9:* UID").untagged == [b"* 2 FETCH (UID 2)"]
    mailbox.ok(b"SELECT Sent")
    assert mailbox.ok(b"FETCH 1:* FLAGS").untagged == []


def test_a_large_mailbox_is_served_in_order(client: Client) -> None:
    for _ in range(3):
        client.ok(b"APPEND INBOX " + b" ".join([b"{}"] * 500), *[message(str(number)) for number in range(500)])
    client.ok(b"SELECT INBOX")
    told = client.ok(b"FETCH 1:* (UID FLAGS)").untagged
    assert told == [b"* %d FETCH (UID %d FLAGS ())" % (number, number) for number in range(1, 1501)]
    assert len(client.ok(b"FETCH 1:* (FLAGS ENVELOPE)").untagged) == 1500
    assert len(client.ok(b"UID FETCH 1:* (BODY.PEEK[HEADER])").untagged) == 1500


def test_a_page_of_many_messages(client: Client) -> None:
    for number in range(5):
        client.append(message(str(number)))
    client.ok(b"SELECT INBOX")
    assert client.ok(b"UID FETCH 2:* (UID) (PARTIAL -1:-2)").untagged == [b"* 4 FETCH (UID 4)", b"* 5 FETCH (UID 5)"]
    assert client.ok(b"UID FETCH 1:* (UID) (PARTIAL 9:12)").untagged == []
    modseq = int(client.ok(b"STATUS INBOX (HIGHESTMODSEQ)").one(b"STATUS").split()[-1].strip(b")"))
    client.ok(b"STORE 1,3,4 +FLAGS.SILENT (\\Seen)")
    told = client.ok(b"UID FETCH 1:* (UID) (PARTIAL 1:2 CHANGEDSINCE %d)" % modseq).find(b"FETCH")
    assert [reply.split()[1] for reply in told] == [b"1", b"3"]
    assert client.command(b"FETCH 1:* (UID) (PARTIAL 1:2)").status == "BAD"


def test_the_empty_part_of_a_multipart_without_parts_can_be_fetched(client: Client) -> None:
    client.append(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n")
    client.ok(b"SELECT INBOX")
    told = client.ok(b"FETCH 1 (BODYSTRUCTURE BODY.PEEK[1] BODY.PEEK[1.MIME] BODY.PEEK[2] BINARY.SIZE[1])").one(b"FETCH")
    assert b'(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 ' in told
    assert told.endswith(b"BODY[1] {0}\r\n BODY[1.MIME] {0}\r\n BODY[2] NIL BINARY.SIZE[1] 0)")


def test_fields_end_with_the_empty_line_that_the_message_has(client: Client) -> None:
    client.append(b"Subject: un\r\nTo: a@b.example\r\n")
    client.append(b"Subject: un\r\nTo: a@b.example\r\n\r\n")
    client.ok(b"SELECT INBOX")
    told = client.ok(b"FETCH 1:2 (BODY.PEEK[HEADER.FIELDS (Subject)] BODY.PEEK[HEADER.FIELDS.NOT (To)])").untagged
    assert [each.count(b"{13}\r\nSubject: un\r\n") for each in told] == [2, 0]
    assert [each.count(b"{15}\r\nSubject: un\r\n\r\n") for each in told] == [0, 2]


def test_a_damaged_message_keeps_no_other_from_being_read(ground: Ground, mailbox: Client) -> None:
    mailbox.ok(b"COPY 1 INBOX")
    cut_off_the_second(ground)
    answer = mailbox.command(b"FETCH 1:3 BODY.PEEK[]")
    assert [line[: len(b"* 1 FETCH")] for line in answer.untagged] == [b"* 1 FETCH", b"* 3 FETCH"]
    assert (answer.status, "[CORRUPTION]" in answer.text) == ("NO", True)


def test_what_was_marked_and_not_sent_is_told_all_the_same(ground: Ground, mailbox: Client) -> None:
    cut_off_the_second(ground)
    answer = mailbox.command(b"FETCH 2 BODY[]")
    assert answer.status == "NO"
    assert answer.find(b"FETCH") == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))"]
