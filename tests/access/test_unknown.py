"""An unknown identifier and a known one cannot be told apart: not by the decision, and not by the time it takes.

Time is compared within pairs, one try of each right after the other, so that what else the machine does weighs on both;
the hash is made cheap, so that nothing hides behind it. Where the two cost the same, either comes first half the time.
"""

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from corneille.access.attempt import Outcome
from corneille.access.decide import Refused
from corneille.access.password import set_password
from corneille.people.find import Person

from .conftest import NOW, Try

CHEAP_PASSWORD = "panier-orage-kayak-27"
TRIES = 2_000
BOUND = 0.1
"""How far from one half the share may be. Chance alone: 0.011. One more query for one of them: 0.3."""


@pytest.fixture
def cheap(change_settings: Callable[..., None], zoe: Person) -> None:
    change_settings(argon2_memory_kib=8, argon2_passes_count=1, slow_after_count=10**6, spray_after_count=10**6,
                    declared_spray_after_count=10**6, account_after_count=10**6)  # fmt: skip
    set_password(zoe.id, CHEAP_PASSWORD, NOW)


@pytest.fixture
def without_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def told(outcome: Outcome) -> tuple[object, ...]:
    assert isinstance(outcome.decision, Refused)
    refused = outcome.decision
    return refused.reason, refused.until, refused.way_out, outcome.account, outcome.scopes, outcome.device, outcome.ticket


@pytest.mark.slow
@pytest.mark.usefixtures("cheap", "without_collection")
@pytest.mark.parametrize(
    ("known", "unknown"),
    [("zlefevre", "zlefevra"), ("zoe.lefevre@ac-demonstration.test", "zoe.lefevra@ac-demonstration.test"),
     ("17E0501234ABC", "17E0501234ABD")],
)  # fmt: skip
def test_neither_words_nor_time_tell_whether_an_identifier_is_somebodys(attempt: Try, known: str, unknown: str) -> None:
    longer_count = 0
    for number in range(TRIES):
        names = (known, unknown) if number % 2 else (unknown, known)
        took_s = {}
        answers = {}
        for name in names:
            # Each pair from a network of its own, so that what was counted before weighs on neither.
            address = f"10.{number // 250}.{number % 250}.9"
            started = time.perf_counter()
            answers[name] = attempt(f"guess {number}", identifier=name, address=address)
            took_s[name] = time.perf_counter() - started
        assert told(answers[known]) == told(answers[unknown])
        longer_count += took_s[known] > took_s[unknown]
    assert abs(longer_count / TRIES - 0.5) < BOUND
