"""Second factors: asked where they are set, accepted once for ever, counted apart, never in clear."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pyotp
import pytest
from django.db import connections

from corneille.access import queries
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.factor import (
    FactorRefused,
    begin_totp,
    confirm_totp,
    drop_factor,
    list_enrolled,
    list_factors,
    make_sheet,
    prove_factor,
)
from corneille.access.factor_policy import announce_rules, find_duty
from corneille.access.facts import FactorDuty, SecondProof
from corneille.access.models import Factor, FactorCode
from corneille.access.one_time_code import make_code
from corneille.access.password import set_password
from corneille.access.reason import Reason, Restriction, Why
from corneille.access.second_step import prove_second
from corneille.access.totp import check_totp
from corneille.kernel import settings
from corneille.kernel.outbox import list_notices
from corneille.people.account_type import AccountType
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import ELSEWHERE, NOW, PASSWORD, Try

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def seed(zoe: Person) -> str:
    """Zoé has an authenticator application since an hour ago."""
    begun = begin_totp(zoe.id, zoe.identifier, NOW - timedelta(hours=1))
    then = NOW - timedelta(hours=1)
    assert confirm_totp(zoe.id, begun.id, pyotp.TOTP(begun.seed).at(then), "phone", then) is SecondProof.RIGHT
    return begun.seed


def second(attempt: Try, outcome: Outcome, kind: str, typed: str, **later: float) -> Outcome | None:
    assert outcome.ticket is not None
    at = attempt.later(**later)
    return prove_second(outcome.ticket, kind, Attempt("web", "", typed, at.address, None, "Firefox", at.now))


def code(seed: str, **later: float) -> str:
    return pyotp.TOTP(seed).at(NOW + timedelta(**later))


@pytest.mark.parametrize(
    ("steps", "last", "expected"),
    [
        (0, None, SecondProof.RIGHT), (-1, None, SecondProof.RIGHT), (1, None, SecondProof.RIGHT),
        (-2, None, SecondProof.CLOCK), (10, None, SecondProof.CLOCK), (-10, None, SecondProof.CLOCK),
        (11, None, SecondProof.WRONG), (0, 0, SecondProof.USED), (-1, 0, SecondProof.USED), (1, 0, SecondProof.RIGHT),
    ],
)  # fmt: skip
def test_a_code_is_right_for_a_minute_and_a_half_used_once_and_a_wrong_clock_is_recognised(
    steps: int, last: int | None, expected: SecondProof
) -> None:
    current = int(NOW.timestamp()) // 30
    typed = pyotp.TOTP(SEED).generate_otp(current + steps)
    last_step = None if last is None else current + last
    assert check_totp(SEED, f"{typed[:3]} {typed[3:]}", NOW, last_step).proof is expected


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 10_000])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert check_totp(SEED, typed, NOW, None).proof is SecondProof.WRONG


def test_a_right_password_asks_for_the_code_and_the_code_lets_in(attempt: Try, seed: str) -> None:
    outcome = attempt(PASSWORD)
    assert outcome.decision == NeedsFactor(("totp", "support-code"), Why.ENROLLED)
    assert outcome.account is None
    let_in = second(attempt, outcome, "totp", code(seed))
    assert let_in is not None
    assert isinstance(let_in.decision, Granted)
    assert let_in.decision.methods == {"password", "totp"}
    assert let_in.device is not None


def test_the_same_code_never_serves_twice_within_or_after_its_tolerance(attempt: Try, seed: str) -> None:
    """X6: a code used early in its tolerance was accepted again later."""
    early = code(seed, seconds=29)
    told = []
    for seconds in (0, 2, 31, 59):
        outcome = attempt.later(seconds=seconds)(PASSWORD, address=f"203.0.{seconds}.1")
        proved = second(attempt, outcome, "totp", early, seconds=seconds)
        assert proved is not None
        told.append(proved.decision.reason if isinstance(proved.decision, Refused) else None)
    assert told == [None, Reason.FACTOR_USED, Reason.FACTOR_USED, Reason.FACTOR_USED]


def test_nothing_of_a_factor_stands_in_the_database_in_clear(zoe: Person, seed: str) -> None:
    """X7."""
    codes = [each.replace("-", "") for each in make_sheet(zoe.id, "printed", NOW)]
    kept = " ".join(Factor.objects.values_list("sealed", flat=True)) + repr([bytes(c.mac) for c in FactorCode.objects.all()])
    assert seed not in kept
    assert not any(each in kept for each in codes)


def test_guessing_codes_is_slowed_and_the_right_password_does_not_clear_it(attempt: Try, seed: str) -> None:
    """X15: codes had no limit of their own."""
    outcome = attempt(PASSWORD)
    told = [second(attempt, outcome, "totp", f"{number:06}") for number in range(8)]
    reasons = [each.decision.reason for each in told if each is not None and isinstance(each.decision, Refused)]
    assert reasons.count(Reason.FACTOR_WRONG) == 5
    assert set(reasons[5:]) == {Reason.FACTOR_SLOWED}
    again = second(attempt, attempt(PASSWORD), "totp", code(seed))
    assert again is not None
    assert isinstance(again.decision, Refused)
    assert again.decision.reason is Reason.FACTOR_SLOWED
    later = second(attempt, attempt.later(minutes=2)(PASSWORD), "totp", code(seed, minutes=2), minutes=2)
    assert later is not None
    assert isinstance(later.decision, Granted)


def guess_from_everywhere(attempt: Try, kind: str = "totp", networks: int = 4, each: int = 5) -> list[Reason]:
    """By a stranger who has the password."""
    told = []
    for network in range(networks):
        at = replace(attempt, address=f"203.0.{network}.9")
        for number in range(each):
            refused = second(at, at(PASSWORD), kind, f"{network}{number:05}")
            assert refused is not None
            assert isinstance(refused.decision, Refused)
            told.append(refused.decision.reason)
    return told


def test_six_digits_are_guessed_ten_times_a_day_from_wherever_and_the_owner_goes_on_by_what_is_theirs(
    zoe: Person, attempt: Try, seed: str
) -> None:
    codes = make_sheet(zoe.id, "recovery-code", NOW)
    let_in = second(attempt, attempt(PASSWORD), "totp", code(seed, seconds=-30))
    assert let_in is not None
    at = attempt.later(days=40)
    told = guess_from_everywhere(at)
    assert told == [Reason.FACTOR_WRONG] * 10 + [Reason.FACTOR_SLOWED] * 10
    now = (at.now - NOW).total_seconds()
    elsewhere = replace(at, address=ELSEWHERE)
    refused = second(elsewhere, elsewhere(PASSWORD), "totp", code(seed, seconds=now))
    assert refused is not None
    assert isinstance(refused.decision, Refused)
    assert refused.decision.until == at.now + timedelta(days=1)
    by_code = second(elsewhere, elsewhere(PASSWORD), "recovery-code", codes[0])
    assert by_code is not None
    assert isinstance(by_code.decision, Granted)
    at_home = replace(elsewhere, device=let_in.device)
    asked = at_home(PASSWORD)
    assert isinstance(asked.decision, NeedsFactor), "the second proof is no longer remembered there"
    assert asked.ticket is not None
    known = Attempt("web", "", code(seed, seconds=now), ELSEWHERE, let_in.device, "Firefox", at.now)
    proved = prove_second(asked.ticket, "totp", known)
    assert proved is not None
    assert isinstance(proved.decision, Granted)


def test_the_same_six_digits_in_the_next_half_minute_are_another_guess(attempt: Try, seed: str) -> None:
    told = []
    for number in range(6):
        at = attempt.later(seconds=30 * number)
        refused = second(at, at(PASSWORD), "totp", "000000")
        assert refused is not None
        assert isinstance(refused.decision, Refused)
        told.append(refused.decision.reason)
    assert told == [Reason.FACTOR_WRONG] * 5 + [Reason.FACTOR_SLOWED]


def test_a_new_password_by_a_reset_unlocks_the_second_step_and_one_by_the_old_password_does_not(
    zoe: Person, attempt: Try, seed: str
) -> None:
    guess_from_everywhere(attempt)
    set_password(zoe.id, "panier-orage-kayak-27", NOW, old=PASSWORD)
    weak = second(attempt, attempt("panier-orage-kayak-27"), "totp", code(seed))
    assert weak is not None
    assert isinstance(weak.decision, Refused)
    set_password(zoe.id, "lucarne-hamac-violon-53", NOW)
    proved = second(attempt, attempt("lucarne-hamac-violon-53"), "totp", code(seed))
    assert proved is not None
    assert isinstance(proved.decision, Granted)


def test_wrong_second_proofs_are_told_once_an_hour(zoe: Person, attempt: Try, seed: str) -> None:
    guess_from_everywhere(attempt)
    assert [notice.code for notice in list_notices(zoe.id, NOW)].count("wrong-factor") == 1


def test_a_second_proof_typed_wrong_says_nothing_of_its_network(attempt: Try, seed: str) -> None:
    guess_from_everywhere(attempt, networks=1)
    assert queries.list_wrong_subjects("n203.0.0.0/24", since=NOW - timedelta(hours=1)) == []


def test_a_second_proof_clears_no_counter_of_passwords(attempt: Try, seed: str) -> None:
    """X16: ten tries on others, one's own second factor from the same place, ten more."""
    others = attempt
    for number in range(10):
        others(f"guess {number}", identifier=f"person{number}")
    assert second(attempt, attempt(PASSWORD), "totp", code(seed)) is not None
    for number in range(10, 20):
        others(f"guess {number}", identifier=f"person{number}")
    refused = others("guess", identifier="person99").decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NETWORK_SLOWED


def test_a_known_device_is_asked_once_a_month(attempt: Try, seed: str) -> None:
    outcome = attempt(PASSWORD)
    let_in = second(attempt, outcome, "totp", code(seed))
    assert let_in is not None
    device = let_in.device
    assert isinstance(attempt.later(days=29)(PASSWORD, device=device).decision, Granted)
    assert isinstance(attempt.later(days=31)(PASSWORD, device=device).decision, NeedsFactor)


def test_a_wrong_code_after_the_right_password_is_told_to_the_owner(zoe: Person, attempt: Try, seed: str) -> None:
    second(attempt, attempt(PASSWORD), "totp", "000000")
    assert "wrong-factor" in [notice.code for notice in list_notices(zoe.id, NOW)]


def test_a_ticket_is_good_for_ten_minutes_and_for_the_password_that_made_it(zoe: Person, attempt: Try, seed: str) -> None:
    outcome = attempt(PASSWORD)
    assert second(attempt, outcome, "totp", code(seed, minutes=11), minutes=11) is None
    set_password(zoe.id, "panier-orage-kayak-27", NOW)
    assert second(attempt, outcome, "totp", code(seed)) is None


def test_mail_programs_go_on_with_an_app_password_and_ask_for_one(attempt: Try, seed: str) -> None:
    refused = attempt(PASSWORD, door="imap").decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.FACTOR_NEEDED


def test_printed_codes_are_good_once_each_and_a_new_sheet_ends_the_old_one(zoe: Person) -> None:
    codes = make_sheet(zoe.id, "printed", NOW)
    assert len(codes) == 30
    assert list_enrolled(zoe.id) == ("printed",)
    assert prove_factor(zoe.id, "printed", codes[6].lower(), NOW) is SecondProof.RIGHT
    assert prove_factor(zoe.id, "printed", codes[6], NOW) is SecondProof.USED
    assert list_factors(zoe.id)[0].codes_left == 29
    make_sheet(zoe.id, "printed", NOW)
    assert prove_factor(zoe.id, "printed", codes[7], NOW) is SecondProof.WRONG


def test_recovery_codes_are_no_factor_alone_and_go_with_the_last_one(zoe: Person, seed: str) -> None:
    make_sheet(zoe.id, "recovery-code", NOW)
    assert list_enrolled(zoe.id) == ("totp", "recovery-code")
    totp = next(each for each in list_factors(zoe.id) if each.kind == "totp")
    drop_factor(zoe.id, totp.id, NOW, is_compulsory=False)
    assert list_enrolled(zoe.id) == ()
    assert list_factors(zoe.id) == []


def test_the_last_factor_stays_where_one_is_compulsory(zoe: Person, seed: str) -> None:
    with pytest.raises(FactorRefused):
        drop_factor(zoe.id, list_factors(zoe.id)[0].id, NOW, is_compulsory=True)
    make_sheet(zoe.id, "printed", NOW)
    drop_factor(zoe.id, list_factors(zoe.id)[0].id, NOW, is_compulsory=True)
    assert list_enrolled(zoe.id) == ("printed",)


def test_who_lost_everything_comes_in_with_a_code_of_the_support(zoe: Person, attempt: Try, seed: str) -> None:
    outcome = attempt(PASSWORD)
    given = make_code(zoe.id, "support-code", NOW, timedelta(minutes=15))
    let_in = second(attempt, outcome, "support-code", given)
    assert let_in is not None
    assert isinstance(let_in.decision, Granted)


def test_an_attacked_account_lets_its_owner_in_with_a_second_proof(zoe: Person, attempt: Try) -> None:
    for number in range(25):
        attempt(f"guess {number}", address=f"203.0.{number}.9")
    outcome = attempt(PASSWORD, address=ELSEWHERE)
    assert outcome.decision == NeedsFactor(("support-code",), Why.ATTACKED)
    given = make_code(zoe.id, "support-code", NOW, timedelta(minutes=15))
    let_in = second(replace(attempt, address=ELSEWHERE), outcome, "support-code", given)
    assert let_in is not None
    assert isinstance(let_in.decision, Granted)


@pytest.fixture
def compulsory(ground: Ground) -> Callable[[date], None]:
    def rule(day: date) -> None:
        values = {"compulsory": (f"enseignant={day}",)}
        settings.load(None, {}, ground={"data": str(ground.data)}, factors=values)

    return rule


def test_a_compulsory_factor_is_announced_then_a_grace_then_the_first_page(
    zoe: Person, attempt: Try, compulsory: Callable[[date], None]
) -> None:
    """X8."""
    start = NOW.date() + timedelta(days=20)
    compulsory(start)
    teacher = AccountType.TEACHER
    assert find_duty(zoe.id, teacher, NOW) is FactorDuty.GRACE
    assert announce_rules(NOW) == 1
    assert announce_rules(NOW) == 0
    assert announce_rules(NOW + timedelta(days=6)) == 1
    at = attempt.later(days=40)
    assert find_duty(zoe.id, teacher, at.now) is FactorDuty.GRACE, "nobody who comes back is surprised at once"
    for number in range(3):
        decision = at.later(minutes=number)(PASSWORD).decision
        assert isinstance(decision, Granted)
        assert Restriction.ENROL_FACTOR in decision.restrictions
    last = at.later(minutes=9)(PASSWORD).decision
    assert isinstance(last, Granted)
    assert Restriction.ENROL_FACTOR_FIRST in last.restrictions
    make_sheet(zoe.id, "printed", at.now)
    assert isinstance(at.later(minutes=10)(PASSWORD).decision, NeedsFactor)


def test_codes_on_paper_can_be_read_aloud(zoe: Person) -> None:
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", each) for each in make_sheet(zoe.id, "printed", NOW))


def test_a_hundred_codes_at_one_instant_are_looked_at_five_at_most(zoe: Person, attempt: Try, seed: str) -> None:
    outcome, start = attempt(PASSWORD), threading.Barrier(16)
    told: list[Reason] = []

    def guess(number: int) -> None:
        start.wait()
        proved = second(attempt, outcome, "totp", f"{number:06}")
        assert proved is not None
        assert isinstance(proved.decision, Refused)
        told.append(proved.decision.reason)
        connections.close_all()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(Reason.FACTOR_WRONG) <= 5
    assert set(told) == {Reason.FACTOR_WRONG, Reason.FACTOR_SLOWED}
