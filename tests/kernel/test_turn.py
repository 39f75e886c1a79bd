"""Few threads compute at one instant; who waits for something else gives the turn to another meanwhile."""

import threading

import pytest

from corneille.kernel.turn import Turns, wait_aside

WITHIN_S = 10


def take_in_another_thread(turns: Turns) -> threading.Event:
    """Set once another thread has had a turn."""
    taken = threading.Event()

    def work() -> None:
        with turns.take():
            taken.set()

    threading.Thread(target=work, daemon=True).start()
    return taken


def test_who_waits_aside_gives_its_turn_to_another() -> None:
    turns = Turns(1)
    with turns.take():
        taken = take_in_another_thread(turns)
        assert not taken.is_set()
        with wait_aside():
            assert taken.wait(WITHIN_S)


def test_who_fails_aside_has_its_turn_again_and_gives_it_back_once() -> None:
    turns = Turns(1)
    with pytest.raises(LookupError), turns.take(), wait_aside():
        raise LookupError("broken")
    with turns.take():
        assert not take_in_another_thread(turns).is_set()


def test_who_holds_no_turn_waits_as_it_is() -> None:
    turns = Turns(1)
    with wait_aside():
        assert take_in_another_thread(turns).wait(WITHIN_S)
