"""A burst of sending is held: accepted, durable, delivered to nobody, and let go or thrown away by its writer."""

from datetime import timedelta

import pytest

from corneille.access.containment import find_step, let_go
from corneille.access.facts import Containment
from corneille.kernel.refusal import Gone
from corneille.run.ground import Ground
from corneille.transport.held import drop_held, let_go_released, list_held
from corneille.transport.queue import list_queue
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from tests.transport.school import NOW, School, found_school, letter

NOON = NOW + timedelta(hours=4)


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()


def send(school: School, count: int, subject: str = "x") -> None:
    others = tuple(f"ami{number}@example.net" for number in range(count - 1))
    envelope = Envelope(school.marie.address, (school.paul.address, *others))
    submit(school.marie.account, envelope, letter(subject), NOON).result()


def burst(school: School) -> None:
    for _ in range(2):
        send(school, 300)


def test_a_burst_is_held_from_its_first_message_beyond_the_limit_on(school: School) -> None:
    burst(school)
    assert find_step(school.marie.account) is Containment.HOLD_SENDING
    assert len(school.paul.inbox()) == 1, "the first one was usual"
    (held,) = list_held(school.marie.account)
    assert len(held.recipients) == 300
    send(school, 1)
    assert len(school.paul.inbox()) == 1, "a colleague is spared too"
    assert len(list_held(school.marie.account)) == 2


def test_what_was_held_leaves_when_the_account_is_let_go(school: School) -> None:
    burst(school)
    assert let_go_released(NOON) == 0
    let_go(school.marie.account, NOON, by="owner")
    assert let_go_released(NOON) == 1
    assert list_held(school.marie.account) == []
    assert not any(row.is_held for row in list_queue())
    assert school.paul.address in {row.recipient for row in list_queue() if row.state == "waiting"}


def test_what_the_thief_wrote_is_thrown_away_and_reaches_nobody(school: School) -> None:
    burst(school)
    reference = list_held(school.marie.account)[0].reference
    with pytest.raises(Gone):
        drop_held(school.paul.account, reference)
    drop_held(school.marie.account, reference)
    let_go(school.marie.account, NOON, by="owner")
    assert let_go_released(NOON) == 0
    assert len(school.paul.inbox()) == 1


def test_others_go_on_sending(school: School) -> None:
    burst(school)
    submit(school.paul.account, Envelope(school.paul.address, (school.marie.address,)),
           letter("y", sender=school.paul.address), NOON).result()  # fmt: skip
    assert len(school.marie.inbox()) == 1
