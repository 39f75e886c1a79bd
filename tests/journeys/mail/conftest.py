"""People at their mail: messages arrive by LMTP, as the world would send them."""

import smtplib
from collections.abc import Callable

import pytest

from tests.journeys.demonstration import Demonstration, DemoPerson


@pytest.fixture
def arrive(demonstration: Demonstration) -> Callable[[DemoPerson, bytes], None]:
    """`arrive(person, content)`: the message is in the person's inbox when this returns."""

    def send(person: DemoPerson, content: bytes) -> None:
        lmtp = demonstration.told["lmtp"]
        with smtplib.LMTP(lmtp["host"], lmtp["port"]) as link:
            assert link.sendmail("dehors@exterieur.example", [person.address], content) == {}

    return send
