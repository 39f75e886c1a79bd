"""What no mail program sends: each gets a clear answer, and the next command works."""

import re

import pytest

from corneille.doors.imap import commands
from corneille.doors.imap.server import ImapServer
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.serving import Loop

PIPELINED = (b"NOOP", b"SELECT INBOX", b"STORE 1 +FLAGS (\\Seen)", b"FETCH 1 BODY[]")


@pytest.mark.parametrize("line", [
    b"a FROB", b"a", b"", b"* NOOP", b"a  NOOP", b"a NOOP x", b"a NO\0OP", b'a SELECT "x', b"a FETCH 1:2:3 FLAGS",
    b"\xff\xfe",    b"a SELECT {x}", b"a UID NOOP", b"a LIST", b"a SELECT \xc3\xa9", b"+ x", b"a SEARCH " + b"(" * 3000,
])
def test_a_line_that_is_no_command_is_bad_and_the_next_works(client: Client, line: bytes) -> None:
    client.send(line + b"\r\n")
    answer = client.read()
    assert answer.split(b" ")[1] in {b"BAD", b"NO"}
    client.ok(b"NOOP")


def test_a_line_without_end_is_cut(client: Client) -> None:
    for _ in range(40):
        client.send(b"x" * 50_000)
    answer = client.read()
    assert b" BAD " in answer
    client.send(b"\r\n")
    client.ok(b"NOOP")


def test_bare_line_feeds_end_lines_too(client: Client) -> None:
    client.send(b"a NOOP\nb NOOP\n")
    assert client.read_end(b"a").status == "OK"
    assert client.read_end(b"b").status == "OK"


def test_too_many_commands_without_sense_end_the_session(door: Door) -> None:
    client = Client(door)
    client.send(b"GET / HTTP/1.1\r\n" * 30)
    assert client.is_closed()
    client.close()


def test_pipelined_commands_are_answered_in_order(client: Client) -> None:
    client.append(message())
    client.ok(b"SELECT INBOX")
    client.send(b"".join(b"p%d %b\r\n" % (number, PIPELINED[number % 4]) for number in range(200)))
    for number in range(200):
        assert client.read_end(b"p%d" % number).status == "OK"


def test_a_conversation_one_octet_at_a_time(client: Client) -> None:
    for byte in b"a CREATE {2+}\r\nxy\r\nb STATUS xy (MESSAGES)\r\nc DELETE xy\r\n":
        client.send(bytes([byte]))
    for tag in (b"a", b"b", b"c"):
        assert client.read_end(tag).status == "OK"


def test_a_fault_of_ours_has_an_incident_and_the_next_command_works(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(commands.HANDLERS, "NAMESPACE", (fail, commands.State.ANY))
    reply = client.command(b"NAMESPACE")
    assert reply.text.startswith("[SERVERBUG]")
    incident = re.search(r"incident ([0-9a-f]{8})\b", reply.text)
    assert incident is not None
    assert incident[1] in caplog.text
    client.ok(b"NOOP")


def test_a_client_that_reads_nothing_does_not_fill_memory_nor_stop_others(
    client: Client, other: Client, served: tuple[Door, ImapServer, Loop]
) -> None:
    client.ok(b"APPEND INBOX " + b" ".join([b"{}"] * 40), *[message(str(n), "x" * 200_000) for n in range(40)])
    client.ok(b"SELECT INBOX")
    client.send(b"a FETCH 1:* BODY.PEEK[]\r\n" * 5)
    other.ok(b"NOOP")
    _, server, _ = served
    assert max(each.unsent_bytes for each in server.connections) < 2_000_000
    for _ in range(5):
        assert len(client.read_end(b"a").untagged) == 40


def test_somebody_who_leaves_in_the_middle_harms_nobody(door: Door, client: Client) -> None:
    client.append(message("x", "y" * 500_000))
    for last in (b"a FETCH 1 BODY[]\r\n", b"a IDLE\r\n", b"a APPEND INBOX {100}\r\nabc", b"a APPEND INBOX {10}\r\n"):
        leaver = Client(door).log_in()
        leaver.ok(b"SELECT INBOX")
        leaver.send(last)
        leaver.close()
    client.ok(b"SELECT INBOX")
    assert b"* 1 EXISTS" in client.ok(b"SELECT INBOX").untagged
