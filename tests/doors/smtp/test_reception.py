"""A message from outside reaches its reader, byte for byte, under its trace fields."""

import asyncio
import re

import pytest

from corneille.access.familiar import Standing, find_standing_of_server
from corneille.kernel import settings
from corneille.run.ground import Ground
from corneille.transport.queue import list_queue
from corneille.wire.smtp.reply import Reply
from tests.doors.smtp.conftest import Call
from tests.transport.school import OTHER_DOMAIN, School, letter


async def test_a_message_from_outside_is_in_the_inbox_when_250_is_said(call: Call, school: School) -> None:
    talk = await call()
    content = letter(sender="ecrivain@example.net")
    assert (await talk.deliver("ecrivain@example.net", school.paul.address, content)).code == 250
    (received,) = school.paul.inbox()
    trace = received.removesuffix(content).decode()
    assert trace.startswith(
        "Return-Path: <ecrivain@example.net>\r\nReceived: from client.example.net ([127.0.0.1])"
    )
    assert f"for <{school.paul.address}>" in trace
    assert "with ESMTP id M-" in trace
    assert (await talk.say("QUIT")).code == 221
    assert await talk.is_closed()


async def test_a_server_whose_mail_was_accepted_is_let_in_first(call: Call, school: School) -> None:
    talk = await call()
    assert (await talk.deliver("ecrivain@example.net", school.paul.address, letter())).code == 250
    assert find_standing_of_server("127.0.0.1") is Standing.FAMILIAR


async def test_who_only_stands_there_makes_room_for_the_next_server(call: Call, school: School, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, limits={"unsigned_connections": 2})
    known, silent = await call(), await call()
    assert (await known.deliver("ecrivain@example.net", school.paul.address, letter())).code == 250
    others = [await call(), await call()]
    assert await silent.is_closed()
    for each in (known, others[1]):
        assert (await each.deliver("ecrivain@example.net", school.paul.address, letter())).code == 250


async def test_one_message_for_two_addresses_of_one_person_arrives_once(call: Call, school: School) -> None:
    talk = await call()
    await talk.open_message(
        "", school.paul.address, f"paul.martin+classe@{OTHER_DOMAIN.upper()}", school.marie.address
    )
    assert (await talk.say(letter() + b".")).code == 250
    assert len(school.paul.inbox()) == len(school.marie.inbox()) == 1
    assert school.paul.inbox()[0].startswith(b"Return-Path: <>\r\n")
    assert b"for <" not in school.paul.inbox()[0], "who else got it stays blind"


@pytest.mark.parametrize(
    ("line", "code", "enhanced"),
    [
        ("RCPT TO:<nobody@ac-demo.test>", 550, "5.1.1"),
        ("RCPT TO:<someone@example.net>", 550, "5.7.1"),
        ("RCPT TO:<someone%example.net@ac-demo.test>", 550, "5.1.1"),
        ("RCPT TO:<@ac-demo.test:someone@example.net>", 550, "5.7.1"),
        ('RCPT TO:<"someone@example.net"@ac-demo.test>', 550, "5.1.1"),
        ("RCPT TO:<postmaster>", 250, "2.1.5"),
        ("RCPT TO:<Abuse@ac-rouen.test>", 250, "2.1.5"),
        ("VRFY paul.martin", 252, "2.5.0"),
        ("EXPN profs", 502, "5.5.1"),
        ("AUTH PLAIN AAAA", 502, "5.5.1"),
        ("DATA", 503, "5.5.1"),
        ("MAIL FROM:<a@b.test>", 503, "5.5.1"),
    ],
)
async def test_each_recipient_is_answered_at_once(call: Call, line: str, code: int, enhanced: str) -> None:
    talk = await call()
    assert (await talk.say("MAIL FROM:<ecrivain@example.net>")).code == 250
    said = await talk.say(line)
    assert (said.code, said.enhanced) == (code, enhanced)
    assert (await talk.say("NOOP")).code == 250


async def test_a_full_mailbox_is_a_temporary_no(call: Call, school: School) -> None:
    talk = await call()
    assert (await talk.say("MAIL FROM:<> SIZE=5000")).code == 250
    said = await talk.say(f"RCPT TO:<{school.tiny.address}>")
    assert (said.code, said.enhanced) == (452, "4.2.2")


async def test_who_is_full_for_one_message_among_two_gets_it_later(call: Call, school: School) -> None:
    talk = await call()
    await talk.open_message("a@example.net", school.paul.address, school.tiny.address)
    assert (await talk.say(letter(X_Filler="x" * 2000) + b".")).code == 250
    assert len(school.paul.inbox()) == 1
    assert school.tiny.inbox() == []
    (line,) = await asyncio.to_thread(list_queue)
    assert line.recipient == school.tiny.address


async def test_the_greeting_lists_what_is_there_and_nothing_else(call: Call) -> None:
    talk = await call(greeting=None)
    said = await talk.greet()
    assert {line.split()[0] for line in said.lines[1:]} == {
        "PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "STARTTLS",
    }  # fmt: skip
    assert (await talk.greet("HELO")).lines == ("localhost",)
    assert (await talk.greet("LHLO")).code == 500
    assert (await talk.say("BDAT 10 LAST")).code == 500


async def test_commands_that_come_together_are_answered_in_order(call: Call, school: School) -> None:
    talk = await call()
    address = school.paul.address
    await talk.send(
        f"MAIL FROM:<>\r\nRCPT TO:<{address}>\r\nRCPT TO:<nobody@ac-demo.test>\r\nDATA\r\n".encode()
    )
    assert [(await talk.hear()).code for _ in range(4)] == [250, 250, 550, 354]
    await talk.send(letter() + b".\r\nMAIL FROM:<>\r\nRSET\r\nQUIT\r\n")
    assert [(await talk.hear()).code for _ in range(4)] == [250, 250, 250, 221]
    assert len(school.paul.inbox()) == 1


async def test_smtputf8_carries_an_accented_sender(call: Call, school: School) -> None:
    talk = await call()
    assert (await talk.say("MAIL FROM:<élève@example.net> SMTPUTF8 BODY=8BITMIME")).code == 250
    assert (await talk.say(f"RCPT TO:<{school.paul.address}>")).code == 250
    assert (await talk.say("DATA")).code == 354
    assert (await talk.say("From: élève@example.net\r\n\r\né\r\n.")).code == 250
    (received,) = school.paul.inbox()
    assert received.startswith("Return-Path: <élève@example.net>\r\n".encode())
    assert b"with UTF8SMTP id" in received


async def test_a_message_that_goes_round_is_stopped(call: Call, school: School) -> None:
    talk = await call()
    looped = b"Received: from a by b; now\r\n" * 31 + letter()
    said = await talk.deliver("", school.paul.address, looped)
    assert (said.code, said.enhanced) == (554, "5.4.6")
    assert school.paul.inbox() == []


async def test_lmtp_answers_for_each_recipient(call: Call, school: School) -> None:
    talk = await call("lmtp", greeting="LHLO")
    assert (await talk.say("EHLO x.test")).code == 500
    await talk.open_message("a@example.net", school.paul.address, school.tiny.address)
    first = await talk.say(letter(X_Filler="x" * 2000) + b".")
    second = await talk.hear()
    assert (first.code, second.code, second.enhanced) == (250, 452, "4.2.2")
    assert re.match(
        rb"Return-Path: <a@example.net>\r\nReceived: .*?with LMTP ", school.paul.inbox()[0], re.DOTALL
    )


async def test_lmtp_refuses_a_content_for_each_recipient(call: Call, school: School) -> None:
    talk = await call("lmtp", greeting="LHLO")
    await talk.open_message("", school.paul.address, school.marie.address)
    said: list[Reply] = [await talk.say(b"bare\nline\r\n."), await talk.hear()]
    assert [each.code for each in said] == [554, 554]
    assert (await talk.say("NOOP")).code == 250
