"""Every SMTP door, open on loopback, over a real store with real people."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from corneille.run.ground import Ground
from tests.doors.smtp.open_doors import Doors, open_doors
from tests.doors.smtp.talk import Talk
from tests.transport.school import School, found_school

Call = Callable[..., Awaitable[Talk]]


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()


@pytest_asyncio.fixture
async def doors(school: School, ground: Ground) -> AsyncIterator[Doors]:
    opened = await open_doors(ground.data)
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def call(doors: Doors) -> AsyncIterator[Call]:
    """Opens a conversation with a door; says EHLO unless told not to."""
    talks: list[Talk] = []

    async def dial(door: str = "reception", *, greeting: str | None = "EHLO") -> Talk:
        talk = await doors.dial(door)
        talks.append(talk)
        assert (await talk.hear()).code == 220
        if greeting is not None:
            assert (await talk.greet(greeting)).code == 250
        return talk

    yield dial
    for talk in talks:
        await talk.close()
