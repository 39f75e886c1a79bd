"""Messages that come share a bounded memory: for each account, and for the whole process."""

import math
from collections.abc import Iterator
from contextlib import closing

import pytest

from corneille.doors.frame.limits import LimitSettings
from corneille.doors.imap.connection import Connection
from corneille.doors.imap.server import ImapServer
from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused, of
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.serving import Loop, make_door
from tests.doors.imap.shared import enter
from tests.positions import found_positions

MESSAGE_BYTES = 4096
SHARE_BYTES = 2 * MESSAGE_BYTES
SILENCE_S = 5.0


@pytest.fixture
def served(ground: Ground) -> Iterator[tuple[Door, ImapServer, Loop]]:
    limits = {
        "content_memory_per_account_bytes": SHARE_BYTES, "literal_memory_bytes": 2 * SHARE_BYTES, "literal_bytes": 64,
        "literal_silence_s": SILENCE_S,
    }  # fmt: skip
    settings.load(None, {}, ground={"data": str(ground.data)}, mail={"message_bytes": MESSAGE_BYTES}, limits=limits)
    with make_door(ground.data) as made:
        yield made


def fill(client: Client) -> None:
    """Announces all that one command may bring, and keeps it waiting."""
    for command, size_bytes in ((b"a APPEND INBOX", MESSAGE_BYTES), (b"", MESSAGE_BYTES - 1)):
        client.send(b"%b {%d}\r\n" % (command, size_bytes))
        assert client.read() == b"+ OK"
        client.send(b"x" * size_bytes)


def test_one_account_has_its_share_and_no_more(client: Client, other: Client) -> None:
    fill(client)
    refused = other.command(b"APPEND INBOX {}", message())
    assert (refused.status, refused.text[:8]) == ("NO", "[LIMIT] ")
    client.send(b"\r\n")
    assert client.read_end(b"a").status == "OK"
    other.append(message())


def test_what_does_not_wait_is_read_and_forgotten(client: Client, other: Client) -> None:
    fill(client)
    other.send(b"b APPEND INBOX {70+}\r\nc LOGOUT\r\n%b x\r\nd NOOP\r\n" % (b"x" * 60))
    assert other.read().startswith(b"b NO [LIMIT] ")
    assert other.read().startswith(b"d OK")


def test_everybody_together_has_a_bound(client: Client, door: Door) -> None:
    school = found_positions(domain="ac-ecole.test")
    fill(client)
    second, third = enter(door, school.head), enter(door, school.secretary)
    fill(second)
    refused = third.command(b"APPEND INBOX {}", message())
    assert (refused.status, refused.text[:8]) == ("NO", "[LIMIT] ")
    second.close()
    client.send(b"\r\n")
    assert client.read_end(b"a").status == "OK"
    third.append(message())
    third.close()


def test_what_is_small_comes_all_the_same(client: Client, door: Door) -> None:
    school = found_positions(domain="ac-ecole.test")
    with closing(enter(door, school.head)) as second:
        fill(client)
        fill(second)
        with closing(Client(door).log_in()) as third:
            third.ok(b"SELECT INBOX")
            third.ok(b"SEARCH SUBJECT {}", b"x" * 64)
            third.ok(b"APPEND INBOX {}", b"Subject: x\r\n\r\n")


def test_who_is_silent_with_a_message_announced_is_closed_soon(
    client: Client, other: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[tuple[float, bool, float]] = []
    expire_in = Connection.expire_in

    def note(connection: Connection, timeout_s: float, *, of_silence: bool, at_most_s: float = math.inf) -> None:
        waits.append((timeout_s, of_silence, at_most_s))
        expire_in(connection, min(timeout_s, 0.3) if len(waits) == 3 else timeout_s, of_silence=of_silence)

    monkeypatch.setattr(Connection, "expire_in", note)
    client.append(message())
    at_most_s = SILENCE_S + len(message()) / LimitSettings().literal_bytes_per_second
    idle_s = LimitSettings().idle_s
    assert waits == [(SILENCE_S, True, at_most_s), (idle_s, True, math.inf)], "patience again once the command has come"
    client.send(b"a APPEND INBOX {%d}\r\n" % MESSAGE_BYTES)
    assert client.read() == b"+ OK"
    client.send(b"x")
    assert client.read() == b"* BYE Nothing was said for too long"
    assert client.is_closed()
    fill(other)


def test_the_messages_of_one_command_have_their_time_together(
    client: Client, served: tuple[Door, ImapServer, Loop], monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, later_s = served[2].loop, 0.0
    time = loop.time
    monkeypatch.setattr(loop, "time", lambda: time() + later_s)
    waits: list[float] = []
    expire_in = Connection.expire_in

    def note(connection: Connection, timeout_s: float, *, of_silence: bool, at_most_s: float = math.inf) -> None:
        waits.append(at_most_s)
        expire_in(connection, timeout_s, of_silence=of_silence, at_most_s=at_most_s)

    monkeypatch.setattr(Connection, "expire_in", note)
    for start in (b"a APPEND INBOX", b"", b""):
        client.send(b"%b {1000}\r\n" % start)
        assert client.read() == b"+ OK"
        client.send(b"x" * 1000)
        later_s += 1.0
    client.send(b"\r\n")
    assert client.read_end(b"a").status == "OK"
    assert waits[0] - waits[1] > 0.5
    assert waits[1] - waits[2] > 0.5
    assert waits[3:] == [math.inf]


def test_who_leaves_in_the_middle_gives_it_back(client: Client, door: Door) -> None:
    gone = Client(door).log_in()
    fill(gone)
    gone.send(b"\0\r\n" + b"b LOGOUT\r\n")  # the command cannot be framed
    assert gone.read().startswith(b"a BAD")
    assert gone.is_closed()
    gone.close()
    fill(client)


def test_a_command_that_cannot_be_read_gives_it_back(client: Client, other: Client) -> None:
    for _ in range(3):
        client.send(b"a APPEND INBOX {%d}\r\n" % MESSAGE_BYTES)
        assert client.read() == b"+ OK"
        client.send(b"x" * MESSAGE_BYTES + b" nonsense\r\n")
        assert client.read().startswith(b"a BAD")
    fill(other)


def test_a_share_holds_the_largest_command() -> None:
    with pytest.raises(SettingsRefused, match="content_memory_per_account_bytes"):
        settings.load(None, {}, limits={"content_memory_per_account_bytes": 1024**2})


def test_where_nothing_is_said_of_it_a_share_grows_with_the_largest_message() -> None:
    settings.load(None, {}, mail={"message_bytes": 200 * 1024**2})
    assert of(LimitSettings).share_bytes == 400 * 1024**2
    settings.load(None, {}, mail={"message_bytes": 1024**2})
    assert of(LimitSettings).share_bytes == 256 * 1024**2
