"""A letter that goes to each apart: each copy has its own To and no other address; a kill sends nobody a second one."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

from corneille.doors.frame.bridge import Bridge
from corneille.transport.apart import address_apart
from corneille.transport.compose import Correspondent
from corneille.transport.relay import Bridge as RelayBridge
from corneille.transport.relay import Parameters, Relay, Result
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from tests.transport.school import NOW, letter
from tests.transport.test_relay import Desk, desk

__all__ = ["desk"]

FAMILY = [Correspondent(f"Éléonore {number}", f"parent{number}@example.net") for number in range(1, 6)]


class Dying(RelayBridge):
    """A bridge of a process that is killed: after so many copies have been written down, nothing runs any more."""

    def __init__(self, bridge: Bridge, copies: int) -> None:
        self._bridge, self._left = bridge, copies
        self.dead = asyncio.Event()

    async def run(
        self, operation: Callable[Parameters, Result], *args: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        if operation.__name__ == "_note_taken":
            self._left -= 1
            if self._left < 0:
                self.dead.set()
        if self.dead.is_set():
            await asyncio.Event().wait()
        return await self._bridge.run(operation, *args, **named)


async def send_apart(desk: Desk, *people: Correspondent) -> None:
    added = address_apart(people)
    envelope = Envelope(desk.school.marie.address, tuple(added), added=added)
    await desk.bridge.run(submit, desk.school.marie.account, envelope, letter(), desk.now)


def to_of(content: bytes) -> str:
    return str(message_from_bytes(content, policy=default)["To"])


async def test_each_gets_a_message_of_their_own(desk: Desk) -> None:
    paul = Correspondent("Paul", desk.school.paul.address)
    await send_apart(desk, *FAMILY, paul)
    assert await desk.drain() == 1
    assert len(desk.hop.contents) == len(FAMILY)
    for person, content in zip(FAMILY, desk.hop.contents, strict=True):
        assert to_of(content) == f"{person.name} <{person.address}>"
        assert content.count(b"@example.net") == 1
    (received,) = desk.school.paul.inbox()
    assert to_of(received) == f"Paul <{desk.school.paul.address}>"
    assert b"example.net" not in received
    assert await desk.list() == []


async def test_who_is_killed_in_the_middle_sends_nobody_a_second_copy(desk: Desk) -> None:
    await send_apart(desk, *FAMILY)
    dying = Dying(desk.bridge, copies=2)
    killed = asyncio.create_task(Relay(dying).drain(lambda: NOW))
    await dying.dead.wait()
    taken = len(desk.hop.contents)
    assert taken == 3  # the third was taken in the very instant of the kill: nobody could write it down
    assert await desk.drain() == 0  # its lease stands
    assert await desk.drain(hours=1) == 1
    assert not killed.done()
    got = [each.address for content in desk.hop.contents for each in FAMILY if each.address.encode() in content]
    assert sorted(set(got)) == sorted(each.address for each in FAMILY)
    assert [each for each in got if got.count(each) > 1] == ["parent3@example.net"] * 2
    assert await desk.list() == []


async def test_a_refusal_of_one_is_told_and_the_others_have_theirs(desk: Desk) -> None:
    desk.hop.answers = {"RCPT TO:<parent2": "550 5.1.1 nobody"}
    await send_apart(desk, *FAMILY)
    await desk.drain()
    assert len(desk.hop.contents) == len(FAMILY) - 1
    (told,) = desk.school.marie.inbox()
    assert b"parent2@example.net" in told
    assert b"parent1@example.net" not in told
