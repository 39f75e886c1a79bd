"""Our client and our own doors: TLS as the settings ask, and no word that could be taken for another."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from corneille.run.ground import Ground
from corneille.transport.smtp_client import Outgoing, SessionFault, Target, send
from tests.doors.smtp.open_doors import Doors, open_doors
from tests.transport.school import School, letter


@pytest_asyncio.fixture
async def doors(school: School, ground: Ground) -> AsyncIterator[Doors]:
    opened = await open_doors(ground.data)
    yield opened
    await opened.close()


def outgoing(school: School) -> Outgoing:
    return Outgoing(
        "client.test", "a@example.net", (school.paul.address, "x@ac-demo.test"), letter(), False, 5, 5, 5
    )


async def test_tls_is_used_where_it_is_offered(doors: Doors, school: School) -> None:
    target = Target("127.0.0.1", doors.ports["reception"], "localhost", "opportunistic")
    answers = await send(target, outgoing(school))
    assert [answers[each].code for each in (school.paul.address, "x@ac-demo.test")] == [250, 550]
    assert b"with ESMTPS id" in school.paul.inbox()[0]
    await send(replace(target, tls="none"), outgoing(school))
    assert b"with ESMTP id" in school.paul.inbox()[1]


@pytest.mark.parametrize(("door", "tls"), [("reception", "starttls"), ("submission_tls", "tls")])
async def test_a_certificate_that_nobody_vouches_for_is_refused_where_it_is_checked(
    doors: Doors, school: School, door: str, tls: str
) -> None:
    target = Target("127.0.0.1", doors.ports[door], "localhost", tls)
    with pytest.raises(SessionFault, match=r"(?i)certificate"):
        await send(target, outgoing(school))
    assert school.paul.inbox() == []


async def test_no_line_end_in_an_address_becomes_a_command(doors: Doors, school: School) -> None:
    target = Target("127.0.0.1", doors.ports["reception"], "localhost", "none")
    evil = replace(outgoing(school), recipients=(f"x@y.test>\r\nRCPT TO:<{school.paul.address}",))
    with pytest.raises(SessionFault):
        await send(target, evil)
    assert school.paul.inbox() == []


async def test_a_server_that_is_not_there_is_a_fault_that_says_where(school: School) -> None:
    with pytest.raises(SessionFault, match=r"connecting to smart\.test \[127\.0\.0\.1\]:9"):
        await send(Target("127.0.0.1", 9, "smart.test", "none"), outgoing(school))
