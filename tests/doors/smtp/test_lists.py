"""Lists at the doors: who may not write is told at RCPT why, and what would be right."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from corneille.access.app_password import create_app_password
from corneille.groups.add import end_group
from corneille.groups.decide import Rule, Writers
from corneille.run.ground import Ground
from tests.doors.smtp.conftest import Call
from tests.doors.smtp.open_doors import Doors, open_doors
from tests.doors.smtp.talk import Talk
from tests.groups.conftest import MATHS, UAI, College, found_college, make
from tests.transport.school import DOMAIN, NOW, Member, letter


@pytest.fixture
def college(ground: Ground) -> College:
    return found_college()


@pytest_asyncio.fixture
async def doors(college: College, ground: Ground) -> AsyncIterator[Doors]:
    opened = await open_doors(ground.data)
    yield opened
    await opened.close()


async def sign_in(call: Call, doors: Doors, member: Member) -> Talk:
    scopes = frozenset({"smtp"})
    _, secret = await doors.bridge.run(create_app_password, member.account, "test", scopes, NOW)
    talk = await call("submission_tls")
    assert (await talk.sign_in(member.person.identifier, secret)).code == 235
    return talk


async def test_a_member_writes_to_the_list_and_all_have_it_when_250_is_said(
    call: Call, doors: Doors, college: College
) -> None:
    talk = await sign_in(call, doors, college.ines)
    assert (await talk.deliver(college.ines.address, MATHS, letter(sender=college.ines.address))).code == 250
    assert [len(each.inbox()) for each in college.people] == [0, 1, 1, 0, 0]
    assert b"\r\nList-Id: " in college.yves.inbox()[0]


async def test_who_is_not_on_the_list_is_told_why_and_what_to_do(call: Call, doors: Doors, college: College) -> None:
    talk = await sign_in(call, doors, college.lea)
    await talk.say(f"MAIL FROM:<{college.lea.address}>")
    said = await talk.say(f"RCPT TO:<{MATHS}>")
    assert (said.code, said.enhanced) == (550, "5.7.1")
    assert said.text == (
        f"<{MATHS}> Seules les personnes de cette liste peuvent lui ecrire : demandez a qui la tient de vous y ajouter, ou "
        "ecrivez a l'une d'elles. / "
        "Only the people on this list may write to it: ask who keeps it to add you, or write to one of them. "
        f"https://localhost/listes/{college.maths}"
    )
    await doors.bridge.run(lambda: end_group(college.maths, NOW.date(), NOW, by=None))
    assert "This list is over" in (await talk.say(f"RCPT TO:<{MATHS}>")).text


@pytest.mark.parametrize("door", ["reception", "lmtp"])
async def test_the_outside_is_refused_but_by_an_open_list(call: Call, doors: Doors, college: College, door: str) -> None:
    await doors.bridge.run(lambda: make("parents", writers=Writers.WORLD, rule=Rule(UAI)))
    talk = await call(door, greeting="LHLO" if door == "lmtp" else "EHLO")
    await talk.say("MAIL FROM:<parent@example.net>")
    said = await talk.say(f"RCPT TO:<{MATHS}>")
    assert (said.code, said.enhanced) == (550, "5.7.1")
    assert "takes no mail from outside the academie" in said.text
    assert (await talk.say(f"RCPT TO:<parents@{DOMAIN}>")).code == 250
    assert (await talk.say("DATA")).code == 354
    assert (await talk.say(letter(sender="parent@example.net") + b".")).code == 250
