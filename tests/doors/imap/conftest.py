"""A server for each test, and clients to speak to it."""

from collections.abc import Iterator

import pytest

from corneille.doors.imap.server import ImapServer
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door
from tests.doors.imap.serving import Loop, make_door
from tests.doors.imap.shared import enter
from tests.positions import Positions, deliver_to, found_positions


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


@pytest.fixture
def school(ground: Ground, door: Door) -> Positions:
    made = found_positions(domain="ac-ecole.test")
    deliver_to(made.open(made.head, made.direction), "Carte scolaire")
    return made


@pytest.fixture
def head(door: Door, school: Positions) -> Iterator[Client]:
    made = enter(door, school.head)
    yield made
    made.close()


@pytest.fixture
def secretary(door: Door, school: Positions) -> Iterator[Client]:
    made = enter(door, school.secretary)
    yield made
    made.close()
