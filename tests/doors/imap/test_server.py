"""The server as a whole: limits, end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corneille.access.activity import list_attempts
from corneille.doors.frame.limits import LimitSettings
from corneille.doors.imap.server import ImapServer
from corneille.kernel import settings
from corneille.people.find import find_account
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.serving import Loop, make_door


@pytest.fixture
def strict(ground: Ground) -> Iterator[Door]:
    """A server with narrow limits."""
    limits = {"connections_per_address": 3, "connections_per_account": 2, "authenticate_s": 0.3, "idle_s": 0.3}
    settings.load(Path("nowhere.toml"), {}, limits=limits)
    assert settings.of(LimitSettings).connections_per_account == 2
    with make_door(ground.data) as (door, _, _):
        yield door


def test_connections_of_one_address_are_counted(strict: Door) -> None:
    clients = [Client(strict) for _ in range(3)]
    turned_away = Client(strict)
    assert turned_away.greeting.startswith(b"* BYE [LIMIT]")
    clients[0].ok(b"LOGOUT")
    assert clients[0].is_closed()
    for each in (*clients, turned_away):
        each.close()


def test_connections_of_one_account_are_counted(strict: Door) -> None:
    clients = [Client(strict).log_in() for _ in range(2)]
    third = Client(strict)
    reply = third.command(b"LOGIN {} {}", strict.identifier.encode(), strict.secret.encode())
    assert reply.text.startswith("[LIMIT]")
    clients[0].ok(b"LOGOUT")
    assert clients[0].is_closed()
    third.log_in()
    for each in (*clients, third):
        each.close()


def test_who_does_not_sign_in_is_closed(strict: Door) -> None:
    client = Client(strict)
    assert client.read().startswith(b"* BYE")
    assert client.is_closed()
    client.close()


def test_who_says_nothing_is_closed(strict: Door) -> None:
    client = Client(strict).log_in()
    assert client.read().startswith(b"* BYE")
    client.close()


def test_closing_says_goodbye_to_everybody(served: tuple[Door, ImapServer, Loop]) -> None:
    door, server, loop = served
    idle, waiting = Client(door).log_in(), Client(door)
    idle.send(b"a IDLE\r\n")
    idle.read()
    loop.run(server.close())
    assert idle.read().startswith(b"* BYE")
    assert waiting.read().startswith(b"* BYE")
    assert idle.is_closed()
    assert server.connections == []
    idle.close()
    waiting.close()


def test_a_full_account_is_refused_before_the_message_is_sent(ground: Ground) -> None:
    with make_door(ground.data, quota_bytes=3000) as (door, _, _):
        client = Client(door).log_in()
        client.append(message("a", "x" * 1500))
        client.send(b"b APPEND INBOX {2000}\r\n")
        assert client.read().startswith(b"b NO [OVERQUOTA]")
        client.ok(b"SELECT INBOX")
        assert client.command(b"COPY 1 Sent").text.startswith("[OVERQUOTA]")
        client.close()


def test_who_the_program_is_is_seen_in_the_activity(door: Door) -> None:
    client = Client(door)
    assert client.ok(b'ID ("name" "Thunderbird" "version" "128")').one(b"* ID")
    client.log_in()
    client.close()
    person = find_account(door.identifier)
    assert person is not None
    assert "Thunderbird" in repr(list_attempts(person.id, 5))
