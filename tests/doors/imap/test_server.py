"""The server as a whole: limits, end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corneille.access.activity import list_attempts
from corneille.doors.imap import room
from corneille.doors.imap.server import ImapServer
from corneille.kernel import clock, settings
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import NewMessage
from corneille.people.find import find_account
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.serving import Loop, make_door


@contextmanager
def open_door(ground: Ground, **limits: float) -> Iterator[Door]:
    """A server with one limit or more that are narrower than shipped."""
    settings.load(Path("nowhere.toml"), {}, limits=limits)
    with make_door(ground.data) as (door, _, _):
        yield door


@pytest.fixture
def strict(ground: Ground) -> Iterator[Door]:
    """Room for three connections, two of one account."""
    with open_door(ground, connections_per_address=3, connections_per_account=2) as door:
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


def test_who_does_not_sign_in_is_closed(ground: Ground) -> None:
    with open_door(ground, authenticate_s=0.3) as door:
        client = Client(door)
        assert client.read().startswith(b"* BYE")
        assert client.is_closed()
        client.close()


def test_who_only_stands_there_makes_room_for_who_signs_in(ground: Ground) -> None:
    with open_door(ground, unsigned_connections=2) as door:
        reader, silent = Client(door).log_in(), Client(door)
        others = [Client(door), Client(door)]
        assert silent.read().startswith(b"* BYE")
        assert silent.is_closed()
        reader.ok(b"NOOP")
        for each in (*others, reader, silent):
            each.close()


def test_who_is_refused_again_and_again_is_shown_out(ground: Ground) -> None:
    with open_door(ground, refused_sign_ins=2) as door:
        client = Client(door)
        assert client.command(b"LOGIN nobody wrong").status == "NO"
        reply = client.command(b"LOGIN nobody wronger")
        assert reply.status == "NO"
        assert reply.find(b"BYE")
        assert client.is_closed()
        client.close()


def test_who_says_nothing_is_closed(ground: Ground) -> None:
    with open_door(ground, idle_s=0.3) as door:
        client = Client(door).log_in()
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


def test_a_box_that_fills_up_is_told_in_the_program_once_for_each_step(ground: Ground) -> None:
    with make_door(ground.data, quota_bytes=10_000) as (door, _, _):
        client = Client(door).log_in()
        calm = client.ok(b"APPEND INBOX {}", message("a", "x" * 7000))
        crossed = client.ok(b"APPEND INBOX {}", message("b", "x" * 1000))
        again = client.ok(b"APPEND INBOX {}", message("c", "x"))
        assert [b"ALERT" in b"".join(each.untagged) for each in (calm, crossed, again)] == [False, True, False]
        assert b"Boite pleine a 8" in crossed.one(b"ALERT")
        assert crossed.one(b"ALERT").endswith(b"/courrier/espace")
        client.close()


def test_a_program_that_asks_without_end_is_answered_from_the_last_look(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_door(ground.data, quota_bytes=10_000) as (door, _, _):
        client = Client(door).log_in()
        file_for(door.identifier, message("a", "x" * 9000))
        assert client.ok(b"NOOP").untagged == []
        monkeypatch.setattr(room, "POLLED_S", 0.0)
        assert client.ok(b"NOOP").one(b"[ALERT] Boite pleine a 9")
        client.close()


def test_a_box_that_is_nearly_full_is_told_at_sign_in(ground: Ground) -> None:
    with make_door(ground.data, quota_bytes=10_000) as (door, _, _):
        file_for(door.identifier, message("a", "x" * 9000))
        client = Client(door)
        reply = client.ok(b"LOGIN {} {}", door.identifier.encode(), door.secret.encode())
        assert reply.one(b"[ALERT] Boite pleine a 9")
        client.close()


def test_a_box_that_fills_up_is_told_while_idle(ground: Ground) -> None:
    with make_door(ground.data, quota_bytes=10_000) as (door, _, _):
        idle = Client(door).log_in()
        idle.ok(b"SELECT INBOX")
        idle.send(b"a IDLE\r\n")
        idle.read()
        file_for(door.identifier, message("a", "x" * 9000))
        assert idle.read() == b"* 1 EXISTS"
        assert idle.read().startswith(b"* OK [ALERT] Boite pleine a 9")
        idle.close()


def file_for(identifier: str, content: bytes) -> None:
    """As if it had arrived."""
    person = find_account(identifier)
    assert person is not None
    mail = open_mail_account(person.id)
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    append(mail, inbox.id, [NewMessage(content, clock.now())]).result(10)


def test_who_the_program_is_is_seen_in_the_activity(door: Door) -> None:
    client = Client(door)
    assert client.ok(b'ID ("name" "Thunderbird" "version" "128")').one(b"* ID")
    client.log_in()
    client.close()
    person = find_account(door.identifier)
    assert person is not None
    assert "Thunderbird" in repr(list_attempts(person.id, 5))
