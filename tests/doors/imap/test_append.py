"""APPEND."""

import pytest

from corneille.run.ground import Ground
from tests.corpus.malformed import MALFORMED
from tests.doors.imap.conversation import Client, Door, message


def test_a_message_comes_back_octet_for_octet_with_flags_and_date(client: Client) -> None:
    content = message() + b"\x00\xff bare\nLF and CR\r.\r\n"
    reply = client.ok(b'APPEND INBOX (\\Flagged $Junk) " 7-Feb-2026 21:52:25 +0100" {}', content)
    assert reply.text.startswith("[APPENDUID ")
    client.ok(b"SELECT INBOX")
    fetched = client.ok(b"FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])").one(b"FETCH")
    assert b"FLAGS (\\Flagged $Junk)" in fetched
    assert b'INTERNALDATE " 7-Feb-2026 21:52:25 +0100"' in fetched
    assert fetched.endswith(b"RFC822.SIZE %d BODY[] {%d}\r\n%b)" % (len(content), len(content), content))


def test_several_messages_are_filed_together(client: Client) -> None:
    reply = client.ok(b"APPEND INBOX (\\Seen) {} {}", message("a"), message("b"))
    assert reply.text.split("]")[0].endswith(" 1:2")


def test_more_messages_than_are_announced_are_not_filed(client: Client) -> None:
    """RFC 9738 §3.1."""
    assert b" SAVELIMIT=1000" in client.ok(b"CAPABILITY").one(b"CAPABILITY")
    client.send(b"m APPEND INBOX" + b" {1+}\r\nx" * 1001 + b"\r\n")
    reply = client.read_end(b"m")
    assert (reply.status, reply.text.partition("]")[0]) == ("NO", "[MESSAGELIMIT 1000")
    assert client.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS") == b"* STATUS INBOX (MESSAGES 0)"


def test_a_mailbox_that_is_not_there_may_be_made_first(client: Client) -> None:
    assert client.command(b"APPEND Nowhere {}", message()).text.startswith("[TRYCREATE]")


def test_a_mail_index_that_is_lost_is_told_as_not_available(client: Client, ground: Ground) -> None:
    client.append(message())
    client.ok(b"SELECT INBOX")
    aside = (ground.data / "mail/0/index.sqlite3").rename(ground.data / "aside")
    for refused in (b"STORE 1 +FLAGS (\\Seen)", b"COPY 1 Archive"):
        reply = client.command(refused)
        assert (reply.status, reply.text.partition("]")[0]) == ("NO", "[UNAVAILABLE")
    assert client.command(b"APPEND INBOX {}", message()).text.startswith("[UNAVAILABLE]")
    aside.rename(ground.data / "mail/0/index.sqlite3")
    client.ok(b"STORE 1 +FLAGS (\\Seen)")


def test_append_to_the_selected_mailbox_is_announced(client: Client) -> None:
    client.ok(b"SELECT INBOX")
    assert client.ok(b"APPEND INBOX {}", message()).untagged == [b"* 1 EXISTS"]


def test_a_message_over_the_limit_is_refused_before_it_is_sent(client: Client) -> None:
    client.send(b"a APPEND INBOX {60000000}\r\n")
    assert client.read().startswith(b"a NO [TOOBIG]")
    client.ok(b"NOOP")


def test_four_gigabytes_are_refused_before_they_are_sent(client: Client) -> None:
    for size in (2**32, 2**64, 10**30):
        client.send(b"a APPEND INBOX {%d}\r\n" % size)
        assert client.read().startswith(b"a NO [TOOBIG]")
    client.ok(b"NOOP")


def test_a_message_over_the_limit_that_comes_unasked_is_thrown_away(client: Client) -> None:
    client.send(b"a APPEND INBOX {60000000+}\r\n")
    part = b"b LOGOUT\r\n" * 6000
    for _ in range(1000):
        client.send(part)
    client.send(b"\r\n")
    assert client.read().startswith(b"a NO [TOOBIG]")
    client.ok(b"NOOP")


def test_four_gigabytes_unasked_end_the_session(client: Client) -> None:
    client.send(b"a APPEND INBOX {4294967296+}\r\nx")
    assert client.read().startswith(b"a NO [TOOBIG]")
    assert client.read().startswith(b"* BYE")
    assert client.is_closed()


def test_literal_minus_allows_4096_octets_unasked(client: Client) -> None:
    content = message() + b"x" * 3000
    client.send(b"a APPEND INBOX {%d+}\r\n%b\r\n" % (len(content), content))
    assert client.read_end(b"a").status == "OK"
    client.send(b"b APPEND INBOX {4097+}\r\n" + b"x" * 4097 + b"\r\n")
    reply = client.read_end(b"b")
    assert (reply.status, reply.text[:8]) == ("BAD", "[TOOBIG]")
    client.ok(b"NOOP")


def test_an_empty_message_is_refused(client: Client) -> None:
    assert client.command(b"APPEND INBOX {}", b"").status == "NO"
    client.ok(b"NOOP")


@pytest.mark.parametrize("flags", [b"(\\Foo)", b"(\\Seen", b"(a(b)"])
def test_flags_that_are_none_are_refused(client: Client, flags: bytes) -> None:
    client.send(b"a APPEND INBOX " + flags + b" {2+}\r\nab\r\n")
    assert client.read_end(b"a").status == "BAD"
    client.ok(b"NOOP")


def test_every_malformed_message_comes_back_as_it_went(client: Client) -> None:
    cases = {name: content for name, content in MALFORMED.items() if content}
    for content in cases.values():
        client.ok(b"APPEND INBOX {}", content)
    client.ok(b"SELECT INBOX")
    for number, (name, content) in enumerate(cases.items(), 1):
        fetched = client.ok(b"FETCH %d (BODY.PEEK[] ENVELOPE BODYSTRUCTURE)" % number).one(b"FETCH")
        assert b"BODY[] {%d}\r\n%b" % (len(content), content) in fetched, name


def test_an_append_split_at_every_octet_is_the_same(door: Door, client: Client) -> None:
    conversation = b"a APPEND INBOX (\\Seen) {5+}\r\nA: b\n\r\nb SELECT INBOX\r\nc FETCH 1 BODY[]\r\n"
    for byte in conversation:
        client.send(bytes([byte]))
    assert client.read_end(b"a").status == "OK"
    assert client.read_end(b"b").status == "OK"
    assert client.read_end(b"c").untagged == [b"* 1 FETCH (BODY[] {5}\r\nA: b\n)"]


def test_a_nul_in_a_binary_part_is_fetched_as_base64_and_by_binary_as_it_was(client: Client) -> None:
    head = b"Subject: son\r\nContent-Type: audio/basic\r\nContent-Transfer-Encoding: binary\r\n"
    client.send(b"a APPEND INBOX ~{%d+}\r\n%b\r\n\x00\xff\n\x01\r\n" % (len(head) + 6, head))
    assert client.read_end(b"a").status == "OK"
    client.ok(b"SELECT INBOX")
    fetched = client.ok(b"FETCH 1 (BODY[] BINARY.SIZE[1] BINARY[1])").one(b"FETCH")
    assert b"Subject: son\r\nContent-Type: audio/basic\r\nContent-Transfer-Encoding: base64\r\n\r\nAP8KAQ==\r\n" in fetched
    assert fetched.endswith(b"BINARY.SIZE[1] 4 BINARY[1] ~{4}\r\n\x00\xff\n\x01)")


def test_a_message_with_utf8_headers_is_named_as_such(client: Client) -> None:
    """RFC 6855 §4."""
    content = "From: Éloïse <éloïse@école.test>\r\nSubject: Décès\r\n\r\nà\r\n".encode()
    client.ok(b"ENABLE UTF8=ACCEPT")
    client.send(b"a APPEND INBOX (\\Seen) UTF8 (~{%d}\r\n" % len(content))
    assert client.read().startswith(b"+")
    client.send(content + b")\r\n")
    assert client.read_end(b"a").text.startswith("[APPENDUID ")
    client.ok(b"SELECT INBOX")
    told = client.ok(b"FETCH 1 (FLAGS ENVELOPE BODY.PEEK[])").one(b"FETCH")
    assert "Décès".encode() in told.partition(b"BODY")[0]
    assert told.endswith(b"BODY[] {%d}\r\n%b)" % (len(content), content))


@pytest.mark.parametrize("broken", [b"UTF8 {2+}\r\nab", b"UTF8 (a)", b"UTF8 (~{2+}\r\nab", b"UTF8 ~{2+}\r\nab"])
def test_utf8_takes_a_literal_in_parentheses(client: Client, broken: bytes) -> None:
    client.send(b"a APPEND INBOX " + broken + b"\r\n")
    assert client.read_end(b"a").status == "BAD"
    client.ok(b"NOOP")
