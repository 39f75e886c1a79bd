"""Our own people write: TLS, sign-in, sender rights, and where the message goes."""

import asyncio
import base64
import re

import pytest
from django.db import OperationalError

from corneille.access.activity import list_attempts
from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.inner import format_statement
from corneille.kernel import clock
from corneille.transport.queue import list_queue
from tests.doors.smtp.conftest import Call
from tests.doors.smtp.open_doors import Doors
from tests.doors.smtp.talk import Talk
from tests.transport.school import DOMAIN, NOW, OTHER_DOMAIN, School, letter


async def sign_in(call: Call, school: School) -> Talk:
    talk = await call("submission_tls")
    assert (await talk.sign_in(school.marie.person.identifier, school.marie.app_password)).code == 235
    return talk


async def test_a_colleague_has_the_message_when_250_is_said(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    said = await talk.deliver(school.marie.address, school.paul.address, letter("Réunion"))
    assert said.code == 250
    (received,) = school.paul.inbox()
    assert received.startswith(
        f"Return-Path: <{school.marie.address}>\r\nReceived: from authenticated-writer".encode()
    )
    assert b"127.0.0.1" not in received, "where a teacher sits is nobody's business"
    assert b"with ESMTPSA id" in received
    assert b"\r\nDate: " in received
    assert re.search(rb"\r\nMessage-ID: <[^>\s]+@", received)
    assert await asyncio.to_thread(list_queue) == []


async def test_the_outside_is_queued_and_a_colleague_served_at_once(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    await talk.open_message(school.marie.address, school.paul.address, "ami@example.net")
    assert (await talk.say(letter(Bcc="secret@example.net", To="x@y.test") + b".")).code == 250
    assert len(school.paul.inbox()) == 1
    assert b"secret" not in school.paul.inbox()[0]
    waiting = [(each.recipient, each.state) for each in await asyncio.to_thread(list_queue)]
    assert waiting == [(school.paul.address, "delivered"), ("ami@example.net", "waiting")]


async def test_both_domains_of_one_person_may_be_written_from(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    own = f"marie.dupont@{OTHER_DOMAIN}"
    assert (await talk.deliver(own, school.paul.address, letter(sender=f"Marie <{own}>"))).code == 250


@pytest.mark.parametrize("sender", ["paul.martin@ac-demo.test", "someone@example.net", "nobody@ac-demo.test"])
async def test_nobody_writes_under_another_name(call: Call, school: School, sender: str) -> None:
    talk = await sign_in(call, school)
    said = await talk.say(f"MAIL FROM:<{sender}>")
    assert (said.code, said.enhanced) == (553, "5.7.1")
    said = await talk.deliver(school.marie.address, school.paul.address, letter(sender=sender))
    assert (said.code, said.enhanced) == (553, "5.7.1")
    both = letter(sender=f"{school.marie.address}, {sender}")
    assert (await talk.deliver(school.marie.address, school.paul.address, both)).code == 553
    assert school.paul.inbox() == []


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\r\n\r\nno From\r\n",
        letter().replace(b"Subject", b"From: a@b.c\r\nSubject"),
        b"From: \r\n\r\n",
        b"From: not an address\r\n\r\n",
    ],
)
async def test_one_from_with_an_address_is_needed(call: Call, school: School, content: bytes) -> None:
    talk = await sign_in(call, school)
    said = await talk.deliver(school.marie.address, school.paul.address, content)
    assert said.code in {553, 554}
    assert (await talk.deliver(school.marie.address, school.paul.address, letter())).code == 250


async def test_an_unknown_colleague_is_told_while_writing(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    await talk.say(f"MAIL FROM:<{school.marie.address}>")
    assert (await talk.say("RCPT TO:<personne@ac-demo.test>")).enhanced == "5.1.1"


async def test_nothing_is_offered_in_clear(call: Call, school: School, doors: Doors) -> None:
    talk = await call("submission", greeting=None)
    said = await talk.greet()
    assert "STARTTLS" in said.lines
    assert not any(line.startswith("AUTH") for line in said.lines)
    secret = school.marie.app_password
    assert (await talk.sign_in(school.marie.person.identifier, secret)).code == 538
    assert (await talk.say(f"MAIL FROM:<{school.marie.address}>")).enhanced == "5.7.0"
    assert (await talk.say("STARTTLS")).code == 220
    await talk.start_tls(doors.trust)
    assert (await talk.say("MAIL FROM:<>")).code == 503, "TLS begins a new conversation"
    assert "AUTH PLAIN LOGIN OAUTHBEARER XOAUTH2" in (await talk.greet()).lines
    assert (await talk.say("MAIL FROM:<>")).code == 530
    assert (await talk.sign_in(school.marie.person.identifier, secret)).code == 235
    assert (await talk.deliver(school.marie.address, school.paul.address, letter())).code == 250


async def test_what_was_slipped_in_before_tls_is_not_obeyed(call: Call, doors: Doors) -> None:
    talk = await call("submission")
    await talk.send(b"STARTTLS\r\nEHLO evil.example.net\r\nRSET\r\n")
    assert (await talk.hear()).code == 220
    # What came with STARTTLS either breaks the handshake or is forgotten; it is never answered inside TLS.
    try:
        await talk.start_tls(doors.trust)
        assert (await talk.say("NOOP")).code == 250
        assert (await talk.say("MAIL FROM:<>")).code in {503, 530}
    except (OSError, EOFError):
        pass


async def test_login_in_two_steps(call: Call, school: School) -> None:
    talk = await call("submission_tls")
    assert (await talk.say("AUTH LOGIN")).text == base64.b64encode(b"Username:").decode()
    said = await talk.say(base64.b64encode(school.marie.address.encode()))
    assert said.text == base64.b64encode(b"Password:").decode()
    assert (await talk.say(base64.b64encode(school.marie.app_password.encode()))).code == 235
    assert (await talk.say("AUTH PLAIN AAAA")).code == 503


async def test_a_refused_sign_in_gives_a_reference_that_its_owner_sees(call: Call, school: School) -> None:
    talk = await call("submission_tls")
    said = await talk.sign_in(school.marie.person.identifier, "pas-le-bon-du-tout")
    assert (said.code, said.enhanced) == (535, "5.7.8")
    found = re.search(r"AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}", said.text)
    assert found is not None
    attempts = await asyncio.to_thread(list_attempts, school.marie.account, 5)
    assert attempts[0].reference == found[0]
    assert (await talk.sign_in(school.marie.person.identifier, school.marie.app_password)).code == 235


async def test_an_app_password_for_reading_does_not_send(call: Call, school: School) -> None:
    _, secret = await asyncio.to_thread(
        create_app_password, school.marie.account, "lecture", frozenset({"imap"}), NOW
    )
    talk = await call("submission_tls")
    said = await talk.sign_in(school.marie.person.identifier, secret)
    assert said.code == 535
    assert "AUTH-" in said.text


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("AUTH CRAM-MD5", 504),
        ("AUTH PLAIN ***", 501),
        ("AUTH PLAIN =", 501),
        ("AUTH PLAIN " + base64.b64encode(b"a\0b").decode(), 501),
        ("AUTH PLAIN " + base64.b64encode(b"\0\0").decode(), 501),
        ("AUTH PLAIN " + base64.b64encode(b"\0\xff\0\xfe").decode(), 501),
        ("AUTH PLAIN " + base64.b64encode(b"boss\0marie\0secret").decode(), 535),
        ("AUTH PLAIN " + base64.b64encode(b"\0nobody\r\nRSET\0secret").decode(), 535),
        ("AUTH PLAIN " + "A" * 4000, 500),
    ],
)
async def test_odd_credentials_get_a_clear_no(call: Call, school: School, line: str, code: int) -> None:
    talk = await call("submission_tls")
    assert (await talk.say(line)).code == code
    assert (await talk.sign_in(school.marie.person.identifier, school.marie.app_password)).code == 235


async def test_a_megabyte_of_password_is_refused_and_the_next_command_works(call: Call) -> None:
    talk = await call("submission_tls")
    assert (await talk.say("AUTH PLAIN")).code == 334
    assert (await talk.say(base64.b64encode(b"\0marie\0" + b"x" * 1_000_000))).code == 500
    assert (await talk.say("AUTH PLAIN")).code == 334
    assert (await talk.say("*")).code == 501
    assert (await talk.say("NOOP")).code == 250


async def test_too_many_wrong_passwords_end_the_conversation(call: Call, school: School) -> None:
    talk = await call("submission_tls")
    for count in range(5):
        said = await talk.sign_in(school.marie.person.identifier, f"wrong-{count}")
        assert said.code in {454, 535}
    assert await talk.is_closed()


async def test_a_receipt_leaves_with_the_null_path(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    assert (await talk.deliver("", school.paul.address, letter())).code == 250
    assert school.paul.inbox()[0].startswith(b"Return-Path: <>\r\n")
    assert f"@{DOMAIN}".encode() in school.paul.inbox()[0]


async def test_a_conversation_ends_when_its_app_password_is_revoked(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    mine = (await asyncio.to_thread(list_app_passwords, school.marie.account))[0]
    await asyncio.to_thread(revoke_app_password, school.marie.account, mine.id, NOW)
    said = await talk.hear()
    assert (said.code, said.enhanced) == (421, "4.7.0")


async def test_a_fault_after_the_message_is_durably_queued_is_no_reason_to_send_it_again(
    call: Call, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_locked(*_args: object, **_more: object) -> None:
        raise OperationalError("database is locked")

    talk = await sign_in(call, school)
    monkeypatch.setattr("corneille.transport.queries.release", is_locked)
    await talk.open_message(school.marie.address, school.paul.address, "ami@example.net")
    assert (await talk.say(letter() + b".")).code == 250
    assert len(school.paul.inbox()) == 1
    waiting = [each.recipient for each in await asyncio.to_thread(list_queue) if each.state == "waiting"]
    assert waiting == ["ami@example.net"]


async def test_an_inner_caller_that_proves_itself_is_counted_as_the_person_for_whom_it_calls(
    call: Call, school: School
) -> None:
    async def refuse(told: str, number: int) -> tuple[int, int]:
        talk = await call("submission_tls")
        assert "XCORNEILLE-PERSON" in (await talk.greet()).lines
        noted = await talk.say(f"XCORNEILLE-PERSON {told}")
        return noted.code, (await talk.sign_in(school.marie.person.identifier, f"guess {number}")).code

    told = [await refuse(format_statement("203.0.113.9", clock.now()), number) for number in range(6)]
    assert told == [(250, 535)] * 5 + [(250, 454)]
    assert await refuse(format_statement("198.51.100.7", clock.now()), 7) == (250, 535)
    assert await refuse("198.51.100.7;0;00", 8) == (501, 535), "what proves nothing changes nothing"


async def test_an_inner_caller_speaks_before_the_sign_in_and_on_submission_alone(call: Call, school: School) -> None:
    talk = await sign_in(call, school)
    statement = format_statement("203.0.113.9", clock.now())
    assert (await talk.say(f"XCORNEILLE-PERSON {statement}")).code == 503
    outside = await call("reception")
    assert "XCORNEILLE-PERSON" not in (await outside.greet()).lines
    assert (await outside.say(f"XCORNEILLE-PERSON {statement}")).code == 502
