"""The traps that other systems fall into when they slow down or lock: each one is a test here."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from corneille.access.app_password import create_app_password
from corneille.access.attempt import Outcome
from corneille.access.decide import Granted, Refused
from corneille.access.hash_budget import Rank
from corneille.access.hasher import Hasher
from corneille.access.models import WrongSecret
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.recognise import recogniser
from corneille.people.find import Person

from .conftest import ELSEWHERE, NOW, PASSWORD, Try, add_teacher

SLOW_AFTER = 5


def reason(outcome: Outcome) -> Reason | None:
    return outcome.decision.reason if isinstance(outcome.decision, Refused) else None


def fail(attempt: Try, times: int) -> list[Reason | None]:
    return [reason(attempt(f"wrong {number}")) for number in range(times)]


def test_the_sixth_different_wrong_password_is_refused_before_any_hash(attempt: Try, current_hasher: Hasher) -> None:
    assert fail(attempt, SLOW_AFTER) == [Reason.WRONG] * SLOW_AFTER
    recogniser.drain()
    before = current_hasher.checked_count
    outcome = attempt("wrong again")
    recogniser.drain()
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.reason is Reason.SLOWED
    assert outcome.decision.until == NOW + timedelta(minutes=1)
    assert current_hasher.checked_count == before


def test_a_strangers_failures_never_lock_the_owner_out(attempt: Try) -> None:
    fail(attempt, 20)
    assert isinstance(attempt(PASSWORD, address=ELSEWHERE).decision, Granted)


def test_the_counter_is_the_accounts_whatever_name_is_typed(attempt: Try) -> None:
    names = [
        "zlefevre",
        "zoe.lefevre@ac-demonstration.test",
        "17E0501234ABC",
        "ZLEFEVRE",
        "zoe.lefevre+a@ac-demonstration.test",
    ]
    for number, name in enumerate(names):
        attempt(f"wrong {number}", identifier=name)
    assert [reason(attempt("wrong", identifier=name)) for name in names] == [Reason.SLOWED] * len(names)


def test_a_phone_that_repeats_an_old_password_counts_once_and_costs_one_hash_before_its_answer_and_one_after(
    attempt: Try, current_hasher: Hasher
) -> None:
    before = current_hasher.checked_count
    told = [reason(attempt("last-years-password", door="imap")) for _ in range(50)]
    recogniser.drain()
    assert told == [Reason.WRONG] * 50
    assert current_hasher.checked_count == before + 2
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)


def test_a_whole_school_behind_one_address_is_not_refused_for_one_another(attempt: Try) -> None:
    for number in range(12):
        other = add_teacher("Marie", "Dupont")
        attempt(f"mistyped {number}", identifier=other.identifier)
    assert isinstance(attempt(PASSWORD).decision, Granted)


def test_a_known_device_is_not_slowed_by_strangers_on_its_own_network(attempt: Try) -> None:
    device = attempt(PASSWORD).device
    fail(attempt, 10)
    assert reason(attempt(PASSWORD)) is Reason.SLOWED
    assert isinstance(attempt(PASSWORD, device=device).decision, Granted)


def test_a_known_device_that_guesses_is_slowed_alone(attempt: Try) -> None:
    device = attempt(PASSWORD).device
    told = [reason(attempt(f"wrong {number}", device=device)) for number in range(6)]
    assert told[-1] is Reason.SLOWED
    assert isinstance(attempt(PASSWORD).decision, Granted)


def test_the_neighbours_of_a_slowed_address_are_slowed_with_it_and_others_not(attempt: Try) -> None:
    fail(attempt, 6)
    assert reason(attempt(PASSWORD, address="192.0.2.250")) is Reason.SLOWED
    assert isinstance(attempt(PASSWORD, address="192.0.3.7").decision, Granted)
    told = [reason(attempt(f"wrong {number}", address="2001:db8:1::1")) for number in range(6)]
    assert told[-1] is Reason.SLOWED
    assert reason(attempt(PASSWORD, address="2001:db8:1:ffff::2")) is Reason.SLOWED
    assert isinstance(attempt(PASSWORD, address="2001:db8:2::1").decision, Granted)


def test_tries_while_slowed_neither_count_nor_lengthen_the_wait(attempt: Try) -> None:
    fail(attempt, 5)
    assert [reason(attempt(f"more {number}")) for number in range(20)] == [Reason.SLOWED] * 20
    assert WrongSecret.objects.count() == 5
    assert isinstance(attempt.later(seconds=61)(PASSWORD).decision, Granted)


def test_each_wrong_try_after_the_wait_makes_the_next_longer(attempt: Try) -> None:
    fail(attempt, 5)
    at = attempt
    for number, minutes in enumerate((1, 2, 5, 15, 30, 30)):
        at = at.later(minutes=minutes, seconds=-1)
        assert reason(at(PASSWORD)) is Reason.SLOWED
        at = at.later(seconds=1)
        assert reason(at(f"after {number}")) is Reason.WRONG


def test_a_right_password_on_the_web_forgets_the_typing_errors_before_it(attempt: Try) -> None:
    fail(attempt, 4)
    attempt(PASSWORD)
    assert fail(attempt, 5) == [Reason.WRONG] * 5


def test_a_mail_program_that_signs_in_gives_no_fresh_start_to_who_guesses_beside_it(attempt: Try) -> None:
    fail(attempt, 4)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    assert reason(attempt("fifth")) is Reason.WRONG
    assert reason(attempt("sixth")) is Reason.SLOWED


def test_ones_own_success_gives_no_fresh_start_against_others(attempt: Try) -> None:
    mine = add_teacher("Marie", "Dupont")
    set_password(mine.id, PASSWORD, NOW)
    fail(attempt, 5)
    attempt(PASSWORD, identifier=mine.identifier)
    assert reason(attempt("again")) is Reason.SLOWED


def test_a_new_password_unlocks_at_once_and_may_be_a_secret_that_was_wrong(attempt: Try, zoe: Person) -> None:
    new = "panier-orage-kayak-27"
    fail(attempt, 4)
    attempt(new)
    assert reason(attempt(PASSWORD)) is Reason.SLOWED
    set_password(zoe.id, new, NOW)
    assert isinstance(attempt(new).decision, Granted)


def test_slowing_is_the_same_at_every_door(attempt: Try) -> None:
    for number, door in enumerate(("web", "imap", "submission", "imap", "web")):
        attempt(f"wrong {number}", door=door)
    assert [reason(attempt("x", door=door)) for door in ("web", "imap", "submission")] == [Reason.SLOWED] * 3


def test_twenty_different_guesses_at_one_instant_check_five_at_most(attempt: Try, current_hasher: Hasher) -> None:
    before, start, told = current_hasher.checked_count, threading.Barrier(20), []

    def guess(number: int) -> None:
        start.wait()
        told.append(reason(attempt(f"guess {number}")))
        connections.close_all()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recogniser.drain()
    assert current_hasher.checked_count - before <= 2 * SLOW_AFTER, "each once more after its answer"
    assert set(told) <= {Reason.WRONG, Reason.BUSY, Reason.SLOWED}
    assert WrongSecret.objects.count() <= SLOW_AFTER


def test_in_a_flood_strangers_are_busy_and_owners_come_in(
    attempt: Try, zoe: Person, current_hasher: Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = attempt(PASSWORD).device
    _id, secret = create_app_password(zoe.id, "phone", frozenset({"imap"}), NOW)
    monkeypatch.setattr(current_hasher.budget, "is_full", lambda rank: rank is Rank.STRANGER)
    told = {name: attempt("guess", identifier=name, address=ELSEWHERE) for name in (zoe.identifier, "nobody")}
    assert {reason(outcome) for outcome in told.values()} == {Reason.BUSY}
    assert WrongSecret.objects.count() == 0, "uncounted"
    assert isinstance(attempt(PASSWORD, device=device).decision, Granted)
    assert isinstance(attempt(secret, door="imap", address=ELSEWHERE).decision, Granted)
