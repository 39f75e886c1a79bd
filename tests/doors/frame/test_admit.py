"""Guesses that wait for their hash hold up nobody who brings an app password; a flood of them is refused at once."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Refused
from corneille.access.models import SignInAttempt
from corneille.access.reason import Reason
from corneille.access.settings import Access
from corneille.doors.frame.admit import Admission
from corneille.doors.frame.bridge import Bridge
from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.run.ground import Ground

APP_PASSWORD = "abcd-efgh-ijkm-npqr-stuv-wxyz"  # the shape, of nobody


def make(secret: str) -> Attempt:
    return Attempt("imap", "zmartin", secret, "192.0.2.1", None, "", clock.now())


class Hashes:
    """A judge whose checks of guesses end when they are told to."""

    def __init__(self) -> None:
        self.end = threading.Event()

    def judge(self, attempt: Attempt) -> str:
        if attempt.secret != APP_PASSWORD:
            assert self.end.wait(10), "nothing else was judged meanwhile"
        return attempt.secret


@pytest.fixture
def bridges() -> Iterator[tuple[Bridge, Bridge]]:
    made = Bridge(threads=1), Bridge(threads=2)
    yield made
    for each in made:
        each.close()


async def test_an_app_password_is_judged_while_every_guess_waits(bridges: tuple[Bridge, Bridge]) -> None:
    admission, hashes = Admission(*bridges), Hashes()
    guesses = [asyncio.create_task(admission.admit(hashes.judge, make(f"guess {number}"))) for number in range(5)]
    await asyncio.sleep(0)
    assert await admission.admit(hashes.judge, make(APP_PASSWORD)) == APP_PASSWORD
    assert not any(each.done() for each in guesses)
    hashes.end.set()
    assert await asyncio.gather(*guesses) == [f"guess {number}" for number in range(5)]


async def test_a_flood_is_refused_while_its_first_wait_and_each_has_a_reference(
    ground: Ground, bridges: tuple[Bridge, Bridge]
) -> None:
    admission, hashes, places = Admission(*bridges), Hashes(), of(Access).strangers_waiting_count
    waiting = [asyncio.create_task(admission.admit(hashes.judge, make(f"guess {number}"))) for number in range(places)]
    await asyncio.sleep(0)
    beyond = asyncio.gather(*(admission.admit(hashes.judge, make(f"more {number}")) for number in range(40)))
    await asyncio.sleep(0)
    hashes.end.set()
    refused = await beyond
    assert await asyncio.gather(*waiting) == [f"guess {number}" for number in range(places)]
    references = set()
    for each in refused:
        assert isinstance(each, Outcome)
        assert isinstance(each.decision, Refused)
        assert each.decision.exact is Reason.BUSY
        references.add(each.reference)
    written = await asyncio.to_thread(lambda: set(SignInAttempt.objects.values_list("reference", flat=True)))
    assert written == references
    assert len(references) == 40
    assert await admission.admit(hashes.judge, make("later")) == "later"
