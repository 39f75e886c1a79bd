"""What is counted and what serves once is so over all processes, which share nothing but the database (X9)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest

from corneille.access.attempt import Outcome
from corneille.access.decide import NeedsFactor
from corneille.access.factor import begin_totp, confirm_totp, make_sheet
from corneille.access.models import WrongSecret
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try

SLOW_AFTER = 5


class Prover:
    """Another process; `begin` asks it, `read` waits for what came of it."""

    def __init__(self, ground: Ground, slot: int) -> None:
        command = [sys.executable, "-m", "tests.access.prover", str(ground.data), str(slot)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, **told: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"now": NOW.isoformat(), "address": "192.0.2.7", **told}) + "\n")
        self._process.stdin.flush()

    def read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture
def provers(ground: Ground) -> Iterator[tuple[Prover, Prover]]:
    pair = Prover(ground, 1), Prover(ground, 2)
    assert [each.read() for each in pair] == ["ready", "ready"]
    yield pair
    for each in pair:
        each.close()


def at_once(provers: tuple[Prover, Prover], *told: dict[str, str]) -> list[str]:
    for prover, each in zip(provers, told, strict=True):
        prover.begin(**each)
    return sorted(prover.read() for prover in provers)


def test_wrong_passwords_in_two_processes_are_counted_together(zoe: Person, provers: tuple[Prover, Prover]) -> None:
    told: list[str] = []
    for number in range(SLOW_AFTER):
        told += at_once(provers, *({"identifier": zoe.identifier, "secret": f"{number} {each}"} for each in "ab"))
    assert told.count("wrong") + told.count("slowed") == 2 * SLOW_AFTER
    # Two processes may each look at one at the very instant at which the last counts; never at a whole set more.
    assert told.count("wrong") <= SLOW_AFTER + 1
    assert at_once(provers, *({"identifier": zoe.identifier, "secret": f"again {each}"} for each in "ab")) == ["slowed"] * 2
    assert WrongSecret.objects.count() == told.count("wrong")


def test_a_code_of_an_application_serves_in_one_process_alone(
    zoe: Person, attempt: Try, provers: tuple[Prover, Prover]
) -> None:
    begun = begin_totp(zoe.id, zoe.identifier, NOW - timedelta(hours=1))
    then = NOW - timedelta(hours=1)
    confirm_totp(zoe.id, begun.id, pyotp.TOTP(begun.seed).at(then), "phone", then)
    for round_number in range(3):
        at = NOW + timedelta(minutes=round_number)
        asked = attempt.later(minutes=round_number)(PASSWORD)
        told = {**_second(asked, "totp", pyotp.TOTP(begun.seed).at(at)), "now": at.isoformat()}
        assert at_once(provers, told, {**told, "address": "198.51.100.9"}) == ["factor-used", "granted"]


def test_a_code_on_paper_is_spent_in_one_process_alone(zoe: Person, attempt: Try, provers: tuple[Prover, Prover]) -> None:
    sheet = make_sheet(zoe.id, "printed", NOW)
    for typed in sheet[:3]:
        told = _second(attempt(PASSWORD), "printed", typed)
        refused, granted = at_once(provers, told, {**told, "address": "198.51.100.9"})
        assert granted == "granted"
        assert refused in {"factor-used", "factor-wrong"}


def _second(asked: Outcome, kind: str, typed: str) -> dict[str, str]:
    assert isinstance(asked.decision, NeedsFactor)
    assert asked.ticket is not None
    return {"ticket": asked.ticket, "kind": kind, "secret": typed}
