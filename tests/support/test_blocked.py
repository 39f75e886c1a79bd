"""The third block of an account within seven days opens a request by itself, once."""

from datetime import datetime, timedelta

import pytest

from corneille.access.announced import announce_suspension, suspend_announced
from corneille.access.attempt import Attempt
from corneille.access.block import gather, list_blocks
from corneille.access.containment import contain, let_go
from corneille.access.facts import Containment, Proof
from corneille.access.models import SignInAttempt
from corneille.access.sign_in import sign_in
from corneille.people.decide import Level
from corneille.people.find import Person
from corneille.support.answer import answer
from corneille.support.blocked import open_for_blocked
from corneille.support.decide import Act
from corneille.support.request import list_own, open_own
from corneille.support.route import Matter
from tests.support.school import NOW, PASSWORD, Academie, told, with_password

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"
DAY = timedelta(days=1)


@pytest.fixture
def claire(academie: Academie) -> Person:
    with_password(academie.claire)
    return academie.claire


def try_in(person: Person, secret: str, at: datetime, address: str = HOME) -> str:
    outcome = sign_in(Attempt("web", person.identifier, secret, address, None, "Firefox", at))
    return str(getattr(outcome.decision, "reason", "in"))


def block(person: Person, at: datetime, address: str = HOME) -> None:
    """Seven different wrong passwords within some seconds."""
    told = [try_in(person, f"faux-{at.timestamp()}-{each}", at + timedelta(seconds=each), address) for each in range(7)]
    assert told[-1] == "slowed"


def test_refusals_close_to_one_another_are_one_block() -> None:
    minutes = [NOW + timedelta(minutes=each) for each in (0, 30, 85, 146, 400)]
    assert [(at - NOW) / timedelta(minutes=1) for at in gather(reversed(minutes))] == [0, 146, 400]


def test_the_third_block_opens_one_request_and_a_fourth_none(academie: Academie, claire: Person) -> None:
    assert try_in(claire, PASSWORD, NOW - DAY) == "in"
    for number in range(2):
        block(claire, NOW + number * DAY)
    assert open_for_blocked(NOW + DAY + timedelta(minutes=5)) == 0
    block(claire, NOW + 2 * DAY)
    at = NOW + 2 * DAY + timedelta(minutes=5)
    assert open_for_blocked(at) == 1
    line = list_own(claire.id)[0]
    assert (line.matter, line.is_by_itself, line.level) == (Matter.SIGN_IN, True, Level.ESTABLISHMENT)
    assert told(claire.id)[-1] == "request-by-itself"
    assert told(academie.correspondent.id) == ["request-arrived"]
    page = open_own(claire.id, line.id, at)
    assert [step.who for step in page.steps] == [""]
    assert {each.reason for each in page.diagnosis.refused} == {"wrong", "slowed"}
    assert open_for_blocked(at) == 0
    block(claire, NOW + 3 * DAY)
    answer(academie.correspondent.id, line.id, Act.SOLVE, "Fait", NOW + 3 * DAY)
    assert open_for_blocked(NOW + 3 * DAY + timedelta(minutes=5)) == 0  # seven days from the first


def test_three_blocks_in_more_than_seven_days_open_none(claire: Person) -> None:
    assert try_in(claire, PASSWORD, NOW - DAY) == "in"
    for day in (0, 4, 8):
        block(claire, NOW + day * DAY)
        assert open_for_blocked(NOW + day * DAY + timedelta(minutes=5)) == 0


def test_what_strangers_try_from_elsewhere_is_no_block_of_the_person(claire: Person) -> None:
    assert try_in(claire, PASSWORD, NOW - DAY) == "in"
    for day in range(3):
        block(claire, NOW + day * DAY, ELSEWHERE)
    assert list_blocks(claire.id, NOW - DAY) == []
    assert open_for_blocked(NOW + 2 * DAY + timedelta(minutes=5)) == 0


def test_sending_that_is_held_is_a_block_and_a_second_factor_that_is_asked_is_none(claire: Person) -> None:
    for day in range(3):
        contain(claire.id, Containment.HOLD_SENDING, "burst", {}, NOW + day * DAY, by="guard")
        let_go(claire.id, NOW + day * DAY, by="x")
        contain(claire.id, Containment.ASK_FACTOR, "burst", {}, NOW + day * DAY, by="guard")
    assert list_blocks(claire.id, NOW - DAY) == [NOW + day * DAY for day in range(3)]
    assert open_for_blocked(NOW + 2 * DAY) == 1


def test_a_suspension_that_is_only_announced_is_no_block_until_it_begins(claire: Person) -> None:
    announce_suspension(claire.id, NOW + DAY, "enquête", {}, NOW, by="Nadia Benali")
    assert list_blocks(claire.id, NOW - DAY) == []
    suspend_announced(NOW + DAY)
    assert list_blocks(claire.id, NOW - DAY) == [NOW + DAY]


def test_codes_refused_after_the_right_password_are_a_block_from_anywhere(claire: Person) -> None:
    for day in range(3):
        SignInAttempt.objects.create(
            at=NOW + day * DAY, reference=f"AUTH-2222-222{day + 2}", account_id=claire.id, door="web",
            network_address=ELSEWHERE, method=Proof.PASSWORD, decision="refused", reason="factor-slowed",
        )  # fmt: skip
    assert len(list_blocks(claire.id, NOW - DAY)) == 3
    assert open_for_blocked(NOW + 2 * DAY + timedelta(minutes=5)) == 1
