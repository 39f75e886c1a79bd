"""Guesses that wait for their hash hold up nobody who brings an app password."""

import asyncio
import threading

from corneille.access.attempt import Attempt
from corneille.doors.frame.admit import admit
from corneille.doors.frame.bridge import Bridge
from corneille.kernel import clock

APP_PASSWORD = "abcd-efgh-ijkm-npqr-stuv-wxyz"  # the shape, of nobody


def make(secret: str) -> Attempt:
    return Attempt("imap", "zmartin", secret, "192.0.2.1", None, "", clock.now())


async def test_an_app_password_is_judged_while_every_guess_waits() -> None:
    bridge, hashes = Bridge(threads=1, patient_threads=2), threading.Event()

    def judge(attempt: Attempt) -> str:
        if attempt.secret != APP_PASSWORD:
            assert hashes.wait(10), "the app password was not judged meanwhile"
        return attempt.secret

    guesses = [asyncio.create_task(admit(bridge, judge, make(f"guess {number}"))) for number in range(5)]
    await asyncio.sleep(0)
    assert await admit(bridge, judge, make(APP_PASSWORD)) == APP_PASSWORD
    assert not any(each.done() for each in guesses)
    hashes.set()
    assert await asyncio.gather(*guesses) == [f"guess {number}" for number in range(5)]
    bridge.close()


async def test_a_bridge_of_one_pool_judges_both() -> None:
    bridge = Bridge(threads=1)
    assert await admit(bridge, lambda attempt: attempt.secret, make("guess")) == "guess"
    assert await admit(bridge, lambda attempt: attempt.secret, make(APP_PASSWORD)) == APP_PASSWORD
    bridge.close()
