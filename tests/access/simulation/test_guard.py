"""The simulated guard answers as the real one: the same made-up day through both."""

from datetime import timedelta

import pytest

from corneille.access.decide import Decision, Granted, NeedsFactor, Refused
from corneille.access.password import set_password
from corneille.access.policy import Policy
from corneille.access.simulation.guard import RIGHT, Guard, Try
from corneille.people.find import Person
from tests.access.conftest import ELSEWHERE, HOME, NOW, PASSWORD, add_teacher
from tests.access.conftest import Try as RealTry


def name(decision: Decision) -> tuple[str, object]:
    match decision:
        case Granted():
            return "granted", None
        case NeedsFactor():
            return "needs", decision.why
        case Refused():
            return decision.reason.value, decision.until


@pytest.fixture
def others(zoe: Person) -> list[Person]:
    people = [add_teacher("Marie", "Dupont") for _ in range(24)]
    for person in people:
        set_password(person.id, PASSWORD, NOW)
    return people


def test_a_day_of_slips_attacks_and_waits_is_decided_alike(attempt: RealTry, zoe: Person, others: list[Person]) -> None:
    tries = [Try(NOW + timedelta(seconds=number), "zoe", HOME, f"slip {number}") for number in range(7)]
    tries += [Try(NOW + timedelta(seconds=90), "zoe", network, RIGHT) for network in (HOME, ELSEWHERE)]
    tries += [
        Try(NOW + timedelta(seconds=100 + number), "zoe", f"203.0.{number}.7", f"guess {number}") for number in range(30)
    ]
    tries += [Try(NOW + timedelta(seconds=200), "zoe", "198.18.0.1", RIGHT)]
    tries += [
        Try(NOW + timedelta(seconds=300 + number), f"other {number}", "198.18.9.1", "Rentree2026!") for number in range(24)
    ]
    guard = Guard(Policy())
    identifiers = {"zoe": zoe.identifier, **{f"other {number}": each.identifier for number, each in enumerate(others)}}
    for tried in tries:
        secret = PASSWORD if tried.secret == RIGHT else tried.secret
        real = attempt(secret, identifier=identifiers[tried.account], address=tried.network, now=tried.at)
        assert name(real.decision) == name(guard.attempt(tried).decision), tried
