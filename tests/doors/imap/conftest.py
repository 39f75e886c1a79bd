"""A server for each test, and clients to speak to it."""

from collections.abc import Iterator

import pytest

from corneille.doors.imap.server import ImapServer
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door
from tests.doors.imap.serving import Loop, make_door


@pytest.fixture
def served(ground: Ground) -> Iterator[tuple[Door, ImapServer, Loop]]:
    with make_door(ground.data) as made:
        yield made


@pytest.fixture
def door(served: tuple[Door, ImapServer, Loop]) -> Door:
    return served[0]


@pytest.fixture
def client(door: Door) -> Iterator[Client]:
    """Somebody signed in."""
    made = Client(door).log_in()
    yield made
    made.close()


@pytest.fixture
def other(door: Door) -> Iterator[Client]:
    """The same person, at another program."""
    made = Client(door).log_in()
    yield made
    made.close()
