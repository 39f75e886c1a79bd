"""Signing in: never in clear, with a reference when it is refused."""

import base64
import re
from datetime import timedelta

import pytest

from corneille.access import queries
from corneille.access.inner import format_statement
from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.people.find import find_account
from tests.doors.imap.conversation import Client, Door


def plain(door: Door, secret: str | None = None) -> bytes:
    return base64.b64encode(f"\0{door.identifier}\0{door.secret if secret is None else secret}".encode())


def test_the_greeting_tells_the_capabilities(door: Door) -> None:
    client = Client(door)
    assert client.greeting.startswith(b"* OK [CAPABILITY IMAP4rev1 IMAP4rev2 ")
    assert b"AUTH=PLAIN" in client.greeting
    assert b"LOGINDISABLED" not in client.greeting
    client.close()


def test_nobody_signs_in_without_tls(door: Door) -> None:
    client = Client(door, tls=False)
    assert b"LOGINDISABLED" in client.greeting
    assert b"AUTH=" not in client.greeting
    for command in (b"LOGIN a b", b"AUTHENTICATE PLAIN " + plain(door)):
        reply = client.command(command)
        assert (reply.status, reply.text[:17]) == ("NO", "[PRIVACYREQUIRED]")
    client.close()


def test_login_tells_what_is_new(door: Door) -> None:
    client = Client(door)
    reply = client.ok(b"LOGIN {} {}", door.identifier.encode(), door.secret.encode())
    assert reply.text.startswith("[CAPABILITY IMAP4rev1 IMAP4rev2 ")
    assert "CONDSTORE" in reply.text
    assert client.command(b"LOGIN a b").status == "BAD"
    client.close()


def test_authenticate_plain_with_its_first_response(door: Door) -> None:
    client = Client(door)
    client.ok(b"AUTHENTICATE PLAIN " + plain(door))
    client.ok(b"SELECT INBOX")
    client.close()


def test_authenticate_plain_asked_step_by_step(door: Door) -> None:
    client = Client(door)
    client.send(b"a AUTHENTICATE PLAIN\r\n")
    assert client.read() == b"+ "
    client.send(plain(door) + b"\r\n")
    assert client.read_end(b"a").status == "OK"
    client.close()


def test_authenticate_login(door: Door) -> None:
    client = Client(door)
    client.send(b"a AUTHENTICATE LOGIN\r\n")
    assert client.read() == b"+ VXNlcm5hbWU6"
    client.send(base64.b64encode(door.identifier.encode()) + b"\r\n")
    assert client.read() == b"+ UGFzc3dvcmQ6"
    client.send(base64.b64encode(door.secret.encode()) + b"\r\n")
    assert client.read_end(b"a").status == "OK"
    client.close()


def test_a_wrong_password_gets_a_reference(door: Door) -> None:
    client = Client(door)
    reply = client.command(b"LOGIN " + door.identifier.encode() + b" wrong-password")
    assert reply.status == "NO"
    assert reply.text.startswith("[AUTHENTICATIONFAILED] ")
    assert re.search(r"AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}", reply.text)
    client.ok(b"NOOP")
    client.ok(b"AUTHENTICATE PLAIN " + plain(door))
    client.close()


def test_an_unknown_person_is_answered_like_a_wrong_password(door: Door) -> None:
    client = Client(door)
    assert client.command(b"LOGIN nobody9 wrong").text.startswith("[AUTHENTICATIONFAILED] ")
    client.close()


@pytest.mark.parametrize("response", [b"not base64!", b"AAA", b"AGE=", b"\xff\xff", b"A" * 20000])
def test_a_response_that_makes_no_sense_is_refused_and_the_next_command_works(door: Door, response: bytes) -> None:
    client = Client(door)
    client.send(b"a AUTHENTICATE PLAIN\r\n")
    client.read()
    client.send(response + b"\r\n")
    assert client.read_end(b"a").status in {"NO", "BAD"}
    client.ok(b"NOOP")
    client.close()


def test_a_person_may_give_up(door: Door) -> None:
    client = Client(door)
    client.send(b"a AUTHENTICATE PLAIN\r\n")
    client.read()
    client.send(b"*\r\n")
    assert client.read_end(b"a").status == "BAD"
    client.ok(b"CAPABILITY")
    client.close()


@pytest.mark.parametrize(("identifier", "secret"), [(b"", b"x"), (b"x", b""), (b"a\0b", b"x"), (b"x" * 8000, b"y")])
def test_strange_identifiers_get_a_clear_answer(door: Door, identifier: bytes, secret: bytes) -> None:
    client = Client(door)
    assert client.command(b"LOGIN {} {}", identifier, secret).status in {"NO", "BAD"}
    client.ok(b"NOOP")
    client.close()


def test_a_password_of_a_megabyte_is_refused_before_it_is_sent(door: Door) -> None:
    client = Client(door)
    reply = client.command(b"LOGIN mmartin {}", b"x" * 1_000_000)
    assert (reply.status, reply.text[:8]) == ("BAD", "[TOOBIG]")
    client.ok(b"NOOP")
    client.close()


def test_commands_of_people_are_not_for_strangers(door: Door) -> None:
    client = Client(door)
    for command in (b"SELECT INBOX", b'LIST "" *', b"IDLE", b"FETCH 1 FLAGS"):
        assert client.command(command).status == "BAD"
    client.close()


def test_logout_says_goodbye(door: Door) -> None:
    client = Client(door)
    assert client.ok(b"LOGOUT").one(b"* BYE")
    assert client.is_closed()
    client.close()


def test_an_inner_caller_that_proves_itself_is_counted_as_the_person_for_whom_it_calls(door: Door) -> None:
    def refuse(told: str, secret: str) -> str:
        client = Client(door)
        client.ok(b'ID ("x-corneille-person" {})', told.encode())
        reply = client.command(b"LOGIN {} {}", door.identifier.encode(), secret.encode())
        client.close()
        return reply.text.partition(" ")[0]

    guesses = [refuse(format_statement("203.0.113.9", clock.now()), f"guess {number}") for number in range(6)]
    assert guesses == ["[AUTHENTICATIONFAILED]"] * 5 + ["[UNAVAILABLE]"]
    assert refuse(format_statement("198.51.100.7", clock.now()), "guess") == "[AUTHENTICATIONFAILED]"
    assert refuse("203.0.113.9;0;00", "guess") == "[AUTHENTICATIONFAILED]"


@pytest.mark.parametrize(
    ("days", "is_told"), [(31, False), (30, True), (29, False), (15, True), (8, False), (7, True), (6, True)]
)
def test_the_date_of_the_password_is_an_alert_when_it_is_told_elsewhere_and_each_day_of_the_last_week(
    door: Door, days: int, is_told: bool
) -> None:
    person, now = find_account(door.identifier), clock.now()
    assert person is not None
    set_password(person.id, "trois-cygnes-sous-le-givre", now)
    expires_at = now + timedelta(days=days, minutes=-5)
    queries.set_expiry(person.id, expires_at)
    client = Client(door)
    told = client.command(b"LOGIN {} {}", door.identifier.encode(), door.secret.encode()).find(b"[ALERT]")
    client.close()
    assert [expires_at.strftime("%d/%m/%Y").encode() in each for each in told] == [True] * is_told
