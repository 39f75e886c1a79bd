"""A client leaves while its messages are on their way to other mail: they arrive, once, and count until they have."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from typing import Any

import pytest

from corneille.doors.imap import content_reply
from corneille.doors.imap.commands import copy
from corneille.doors.imap.server import ImapServer
from corneille.kernel import settings
from corneille.kernel.refusal import Busy
from corneille.mail.carry import carry
from corneille.mail.values import Filed
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.serving import Loop, make_door
from tests.doors.imap.shared import SENT, enter
from tests.positions import Positions

SIZE_BYTES = 4096


@pytest.fixture
def served(ground: Ground) -> Iterator[tuple[Door, ImapServer, Loop]]:
    limits = {"content_memory_per_account_bytes": 2 * SIZE_BYTES, "literal_bytes": 64}
    settings.load(None, {}, ground={"data": str(ground.data)}, mail={"message_bytes": SIZE_BYTES}, limits=limits)
    with make_door(ground.data) as made:
        yield made


class Road:
    """`carry` that waits."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def carry(self, *given: Any, **named: Any) -> "Future[tuple[Filed, ...]]":
        self.begun.set()
        assert self.may_end.wait(10)
        return carry(*given, **named)


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Road:
    made = Road()
    monkeypatch.setattr(copy, "carry", made.carry)
    return made


def test_a_large_message_is_read_while_others_are_being_filed(
    head: Client, door: Door, school: Positions, monkeypatch: pytest.MonkeyPatch
) -> None:
    filings: queue.SimpleQueue[Future[tuple[Filed, ...]]] = queue.SimpleQueue()

    def file_later(*_given: object, **_named: object) -> "Future[tuple[Filed, ...]]":
        filings.put(filing := Future[tuple[Filed, ...]]())
        return filing

    monkeypatch.setattr(copy, "carry", file_later)
    monkeypatch.setattr(content_reply, "LARGE_BYTES", 1)
    head.append(message("a moi"))
    with closing(enter(door, school.head)) as first, closing(enter(door, school.head)) as second:
        begun = []
        for client in (head, first, second):
            client.ok(b"SELECT INBOX")
        for client in (first, second):
            client.send(b"c COPY 1 " + SENT + b"\r\n")
            begun.append(filings.get(timeout=10))
        assert b"a moi" in head.ok(b"FETCH 1 BODY.PEEK[]").one(b"BODY[]")
        for filing, client in zip(begun, (first, second), strict=True):
            filing.set_exception(Busy())
            assert client.read_end(b"c").status == "NO"


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(400):
        if is_so():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came to that")


def leave_in_the_middle(client: Client, server: ImapServer, road: Road, command: bytes) -> None:
    client.ok(b"SELECT INBOX")
    count = len(server.connections)
    client.send(b"m " + command + b"\r\n")
    assert road.begun.wait(10)
    client.close()
    wait_until(lambda: len(server.connections) < count)


def test_what_is_moved_is_then_in_one_place_alone(
    head: Client, door: Door, school: Positions, served: tuple[Door, ImapServer, Loop], road: Road
) -> None:
    head.append(message("a moi"))
    leave_in_the_middle(head, served[1], road, b"MOVE 1 " + SENT)
    road.may_end.set()
    with closing(enter(door, school.head)) as again:
        wait_until(lambda: again.ok(b"STATUS " + SENT + b" (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 1)"))
        assert again.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 0)")


def test_what_is_on_its_way_counts_until_it_is_there(
    head: Client, door: Door, school: Positions, served: tuple[Door, ImapServer, Loop], road: Road
) -> None:
    head.append(message("a moi", "x" * 3500))
    leave_in_the_middle(head, served[1], road, b"COPY 1 " + SENT)
    content = b"x" * SIZE_BYTES
    with closing(enter(door, school.head)) as again:
        refused = again.command(b"APPEND INBOX {} {}", content, content)
        assert (refused.status, refused.text[:8]) == ("NO", "[LIMIT] ")
        road.may_end.set()
        wait_until(lambda: again.command(b"APPEND INBOX {} {}", content, content).status == "OK")
