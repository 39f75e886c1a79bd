import threading
from collections.abc import Callable

import pytest

from corneille.access.hash_budget import HashBudget, Rank
from corneille.kernel.refusal import Busy

PATIENT = dict.fromkeys(Rank, 30.0)


class Queue:
    """Threads that each want one slot, and the order in which they got it."""

    def __init__(self, budget: HashBudget) -> None:
        self.budget = budget
        self.order: list[Rank] = []
        self._threads: list[threading.Thread] = []

    def join_in(self, rank: Rank) -> None:
        waiting = self.budget.count_waiting(rank)
        thread = threading.Thread(target=self._take, args=(rank,))
        self._threads.append(thread)
        thread.start()
        while self.budget.count_waiting(rank) == waiting and thread.is_alive():
            threading.Event().wait(0.001)

    def wait(self) -> None:
        for thread in self._threads:
            thread.join()

    def _take(self, rank: Rank) -> None:
        with self.budget.slot(rank):
            self.order.append(rank)


def test_known_devices_go_first_then_declared_networks_then_strangers() -> None:
    budget = HashBudget(1, PATIENT)
    queue = Queue(budget)
    with budget.slot(Rank.KNOWN_DEVICE):
        for rank in (Rank.STRANGER, Rank.DECLARED_NETWORK, Rank.KNOWN_DEVICE, Rank.STRANGER, Rank.KNOWN_DEVICE):
            queue.join_in(rank)
    queue.wait()
    assert queue.order == sorted(queue.order)


def test_what_is_compared_after_its_answer_waits_for_everybody() -> None:
    budget = HashBudget(1, PATIENT)
    queue = Queue(budget)
    with budget.slot(Rank.KNOWN_DEVICE):
        for rank in (Rank.AFTERWARDS, Rank.STRANGER, Rank.AFTERWARDS, Rank.STRANGER):
            queue.join_in(rank)
    queue.wait()
    assert queue.order == [Rank.STRANGER, Rank.STRANGER, Rank.AFTERWARDS, Rank.AFTERWARDS]


def test_what_is_compared_after_its_answer_takes_no_slot_that_strangers_do_not_have() -> None:
    budget = HashBudget(4, {**PATIENT, Rank.AFTERWARDS: 0.0})
    with budget.slot(Rank.STRANGER), budget.slot(Rank.STRANGER), pytest.raises(Busy), budget.slot(Rank.AFTERWARDS):
        pass


def test_strangers_hold_half_of_the_slots_at_most() -> None:
    budget = HashBudget(4, {**PATIENT, Rank.STRANGER: 0.0})
    with budget.slot(Rank.STRANGER), budget.slot(Rank.STRANGER):
        with pytest.raises(Busy), budget.slot(Rank.STRANGER):
            pass
        with budget.slot(Rank.KNOWN_DEVICE), budget.slot(Rank.DECLARED_NETWORK):
            pass


def test_who_would_wait_too_long_is_told_at_once_and_leaves_no_trace() -> None:
    now = [0.0]
    budget = HashBudget(2, {**PATIENT, Rank.STRANGER: 2.0}, lambda: now[0])
    for _ in range(60):  # checks that take a second each are learnt
        with budget.slot(Rank.STRANGER):
            now[0] += 1.0
    queue = Queue(budget)
    with budget.slot(Rank.STRANGER):
        for _ in range(3):
            queue.join_in(Rank.STRANGER)
        with pytest.raises(Busy), budget.slot(Rank.STRANGER):
            pass
        assert budget.count_waiting(Rank.STRANGER) == 3
        with budget.slot(Rank.KNOWN_DEVICE):
            pass
    queue.wait()
    assert queue.order == [Rank.STRANGER] * 3


def test_a_check_that_fails_gives_its_slot_back() -> None:
    budget = HashBudget(1, dict.fromkeys(Rank, 0.0))
    with pytest.raises(ZeroDivisionError), budget.slot(Rank.STRANGER):
        raise ZeroDivisionError
    with budget.slot(Rank.STRANGER):
        pass


def test_forty_threads_never_hold_more_slots_than_there_are() -> None:
    budget, lock, held, most = HashBudget(3, PATIENT), threading.Lock(), [0], [0]

    def take(rank: Rank) -> None:
        with budget.slot(rank):
            with lock:
                held[0] += 1
                most[0] = max(most[0], held[0])
            threading.Event().wait(0.001)
            with lock:
                held[0] -= 1

    run: Callable[[Rank], threading.Thread] = lambda rank: threading.Thread(target=take, args=(rank,))  # noqa: E731
    threads = [run(list(Rank)[number % len(Rank)]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most[0] <= 3
    assert [budget.count_waiting(rank) for rank in Rank] == [0] * len(Rank)


def test_a_flood_of_strangers_leaves_threads_to_the_others() -> None:
    budget = HashBudget(2, PATIENT, strangers_waiting=3)
    queue = Queue(budget)
    with budget.slot(Rank.STRANGER):
        for _ in range(3):
            queue.join_in(Rank.STRANGER)
        assert budget.is_full(Rank.STRANGER)
        assert not budget.is_full(Rank.KNOWN_DEVICE)
        with pytest.raises(Busy), budget.slot(Rank.STRANGER):
            pass
    queue.wait()
    assert not budget.is_full(Rank.STRANGER)


def test_how_long_strangers_checks_last_says_nothing_of_a_known_devices_wait() -> None:
    now = [0.0]
    budget = HashBudget(2, {**PATIENT, Rank.KNOWN_DEVICE: 1.0}, lambda: now[0])
    for _ in range(60):
        with budget.slot(Rank.STRANGER):
            now[0] += 5.0
    queue = Queue(budget)
    with budget.slot(Rank.KNOWN_DEVICE), budget.slot(Rank.KNOWN_DEVICE):
        queue.join_in(Rank.KNOWN_DEVICE)
        assert not budget.is_full(Rank.KNOWN_DEVICE)
    queue.wait()
    assert queue.order == [Rank.KNOWN_DEVICE]
