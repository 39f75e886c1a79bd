"""A program submits as a position or on its behalf: the rights of the pages, and a refusal that says what is right."""

import asyncio

import pytest

from corneille.access.app_password import create_app_password
from tests.doors.smtp.conftest import Call
from tests.doors.smtp.talk import Talk
from tests.positions import UAI, Positions, found_positions
from tests.transport.school import DOMAIN, NOW, Member, School, letter

DIRECTION = f"direction.{UAI.lower()}@{DOMAIN}"


@pytest.fixture
def positions(school: School) -> Positions:
    return found_positions("ac-ecole.test")


async def sign_in(call: Call, member: Member) -> Talk:
    _, secret = await asyncio.to_thread(create_app_password, member.account, "test", frozenset({"smtp"}), NOW)
    talk = await call("submission_tls")
    assert (await talk.sign_in(member.person.identifier, secret)).code == 235
    return talk


async def test_who_has_send_as_submits_as_the_position(call: Call, positions: Positions) -> None:
    talk = await sign_in(call, positions.head)
    said = await talk.deliver(DIRECTION, positions.teacher.address, letter(sender=f"direction <{DIRECTION}>"))
    assert said.code == 250
    (received,) = positions.teacher.inbox()
    assert received.startswith(f"Return-Path: <{DIRECTION}>".encode())


async def test_on_behalf_is_told_to_put_its_own_address_in_sender(call: Call, positions: Positions) -> None:
    talk, own = await sign_in(call, positions.secretary), positions.secretary.address
    refused = await talk.deliver(own, positions.teacher.address, letter(sender=DIRECTION))
    assert refused.code == 553
    assert "put an address of yours in MAIL FROM and in Sender" in refused.text
    said = await talk.deliver(own, positions.teacher.address, letter(sender=DIRECTION, Sender=own))
    assert said.code == 250
    assert len(positions.teacher.inbox()) == 1


async def test_who_has_no_part_in_it_does_not(call: Call, positions: Positions) -> None:
    talk = await sign_in(call, positions.teacher)
    refused = (await talk.open_message(DIRECTION, positions.head.address))[0]
    assert refused.code == 553
    assert "is not an address of yours" in refused.text
