"""The SMTP doors for real programs."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from corneille.run.ground import Ground
from tests.doors.smtp.open_doors import Doors, open_doors
from tests.transport.school import School, found_school


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()


@pytest_asyncio.fixture
async def doors(school: School, ground: Ground) -> AsyncIterator[Doors]:
    opened = await open_doors(ground.data)
    yield opened
    await opened.close()
