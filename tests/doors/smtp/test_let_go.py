"""A conversation of somebody whose right has gone ends with 421; what was acknowledged before is kept."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest

from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.access.connection import end_connection, list_connections
from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.session import end_other_sessions
from corneille.kernel import clock, settings
from corneille.kernel.ids import AccountId
from corneille.run.ground import Ground
from tests.doors.smtp.conftest import Call
from tests.doors.smtp.talk import Talk
from tests.transport.school import School, letter


async def sign_in(call: Call, school: School) -> Talk:
    talk = await call("submission_tls")
    assert (await talk.sign_in(school.marie.person.identifier, school.marie.app_password)).code == 235
    return talk


def revoke(account: AccountId) -> None:
    revoke_app_password(account, list_app_passwords(account)[0].id, clock.now())


def suspend(account: AccountId) -> None:
    contain(account, Containment.SUSPEND, "because", {}, clock.now(), by="Nadia Benali")


def end_all(account: AccountId) -> None:
    end_other_sessions(account, "", clock.now())


@pytest.mark.parametrize("end", [revoke, suspend, end_all])
async def test_a_conversation_ends_with_421_when_its_right_has_gone(
    call: Call, school: School, end: Callable[[AccountId], None]
) -> None:
    talk = await sign_in(call, school)
    assert (await talk.deliver(school.marie.address, school.paul.address, letter("Avant"))).code == 250
    await asyncio.to_thread(end, school.marie.account)
    said = await talk.hear()
    assert (said.code, said.enhanced) == (421, "4.7.0")
    assert len(school.paul.inbox()) == 1


async def test_one_conversation_is_seen_and_ended_and_the_other_goes_on(
    call: Call, school: School, ground: Ground
) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, limits={"listed_after_s": 0.0})
    first = await sign_in(call, school)
    shown = []
    for _ in range(400):
        shown = await asyncio.to_thread(list_connections, school.marie.account)
        if shown:
            break
        await asyncio.sleep(0.01)
    assert [each.door for each in shown] == ["submission"]
    second = await sign_in(call, school)
    await asyncio.to_thread(partial(end_connection, school.marie.account, shown[0].id, clock.now()))
    assert (await first.hear()).code == 421
    assert (await second.say("NOOP")).code == 250
