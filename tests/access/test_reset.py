"""A forgotten password: codes go to verified contacts, once, for a time; a new password unlocks at once."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, Refused
from corneille.access.factor import make_sheet
from corneille.access.models import OneTimeCode, ResetAsked
from corneille.access.one_time_code import TRIES, make_code, use_code
from corneille.access.password import PasswordRefused
from corneille.access.reason import Reason
from corneille.access.recovery_contact import (
    SEALED_CODE,
    ContactRefused,
    add_contact,
    drop_contact,
    list_contacts,
    send_code,
    verify_contact,
)
from corneille.access.reset import answer_resets, ask_reset, finish_reset, prove_reset
from corneille.kernel.outbox import NoticeShown, list_due
from corneille.kernel.refusal import Gone
from corneille.kernel.seal import unseal
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import set_state

from .conftest import HOME, NOW, Try, add_teacher

NEW = "panier-orage-kayak-27"
ELSEWHERE = "zoe@example.org"


def code_in(notice: NoticeShown) -> str:
    return unseal(SEALED_CODE, str(notice.data["sealed_code"])).decode()


def last(code: str) -> NoticeShown:
    return [notice for notice in list_due(NOW + timedelta(days=1)) if notice.code == code][-1]


@pytest.fixture
def contact(zoe: Person) -> int:
    made = add_contact(zoe.id, ELSEWHERE, NOW)
    assert verify_contact(zoe.id, made, code_in(last("contact-code")), NOW)
    return made


def prove(attempt: Try, typed: str, **changed: object) -> Outcome:
    at = replace(attempt, **changed)  # type: ignore[arg-type]
    return prove_reset(Attempt("reset", at.identifier, typed, at.address, None, "Firefox", at.now))


def ask(identifier: str, now: datetime = NOW, address: str = HOME, device: str | None = None) -> datetime | None:
    return ask_reset(Attempt("reset", identifier, "", address, device, "Firefox", now))


def test_a_code_is_good_once_for_its_purpose_its_account_and_its_time(zoe: Person) -> None:
    other = add_teacher("Paul", "Durand")
    code = make_code(zoe.id, "reset", NOW, timedelta(minutes=30))
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert not use_code(zoe.id, "contact/1", code, NOW)
    assert not use_code(other.id, "reset", code, NOW)
    assert not use_code(zoe.id, "reset", code, NOW + timedelta(minutes=31))
    assert use_code(zoe.id, "reset", code.lower().replace("-", " "), NOW)
    assert not use_code(zoe.id, "reset", code, NOW)


def test_five_wrong_tries_end_a_code_of_a_page_and_a_new_one_ends_the_one_before(zoe: Person) -> None:
    code = make_code(zoe.id, "contact/1", NOW, timedelta(minutes=30))
    for _ in range(TRIES):
        assert not use_code(zoe.id, "contact/1", "AAAA-AAAA", NOW)
    assert not use_code(zoe.id, "contact/1", code, NOW)
    second = make_code(zoe.id, "contact/1", NOW, timedelta(minutes=30))
    third = make_code(zoe.id, "contact/1", NOW, timedelta(minutes=30))
    assert not use_code(zoe.id, "contact/1", second, NOW)
    assert use_code(zoe.id, "contact/1", third, NOW)


def test_no_code_stands_in_the_database_in_clear(zoe: Person) -> None:
    code = make_code(zoe.id, "reset", NOW, timedelta(minutes=30)).replace("-", "").encode()
    assert code not in bytes(OneTimeCode.objects.get().mac)
    add_contact(zoe.id, ELSEWHERE, NOW)
    notice = last("contact-code")
    assert code_in(notice) not in str(notice.data)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("zoe", "shape"), ("zoe@", "shape"), ("@example.org", "shape"), ("a b@example.org", "shape"),
        ("zoe@example.org\r\nBcc: x@y.z", "shape"), ("zoé@example.org", "shape"), ("z@localhost", "shape"),
        ("x" * 300 + "@example.org", "shape"), ("zoe.lefevre@ac-demonstration.test", "own-domain"),
        ("zoe@AC-DEMONSTRATION.test", "own-domain"),
    ],
)  # fmt: skip
def test_only_an_address_elsewhere_is_a_contact(zoe: Person, address: str, reason: str) -> None:
    with pytest.raises(ContactRefused) as refused:
        add_contact(zoe.id, address, NOW)
    assert refused.value.data["reason"] == reason


def test_a_contact_is_taken_once_and_three_at_most(zoe: Person, contact: int) -> None:
    with pytest.raises(ContactRefused) as refused:
        add_contact(zoe.id, ELSEWHERE.upper(), NOW)
    assert refused.value.data["reason"] == "taken"
    add_contact(zoe.id, "b@example.org", NOW)
    add_contact(zoe.id, "c@example.org", NOW)
    with pytest.raises(ContactRefused) as refused:
        add_contact(zoe.id, "d@example.org", NOW)
    assert refused.value.data["reason"] == "too-many"


def test_nothing_goes_to_a_contact_before_it_is_verified(zoe: Person) -> None:
    add_contact(zoe.id, ELSEWHERE, NOW)
    ask(zoe.identifier, NOW)
    answer_resets(NOW)
    assert "reset-code" not in [notice.code for notice in list_due(NOW)]


def test_nobody_touches_somebody_elses_contact(zoe: Person, contact: int) -> None:
    other = add_teacher("Paul", "Durand")
    with pytest.raises(Gone):
        drop_contact(other.id, contact, NOW)
    with pytest.raises(Gone):
        send_code(other.id, contact, NOW)
    assert len(list_contacts(zoe.id)) == 1


def test_a_contact_that_is_removed_is_told_so_itself(zoe: Person, contact: int) -> None:
    drop_contact(zoe.id, contact, NOW)
    told = [notice for notice in list_due(NOW) if notice.code == "contact-dropped"]
    assert [notice.data.get("contact") for notice in told] == [None, contact]


def test_a_forgotten_password_is_replaced_and_everything_is_unlocked(zoe: Person, contact: int, attempt: Try) -> None:
    for number in range(8):
        attempt(f"wrong {number}")
    ask("17E0501234ABC", NOW)
    answer_resets(NOW)
    outcome = prove(attempt, code_in(last("reset-code")), address="198.51.100.7")
    assert isinstance(outcome.decision, Granted)
    assert outcome.ticket is not None
    assert finish_reset(outcome.ticket, NEW, NOW) == zoe.id
    assert isinstance(attempt(NEW).decision, Granted)
    assert "password-reset" in [notice.code for notice in list_due(NOW)]


def test_a_code_serves_once_and_so_does_its_ticket(zoe: Person, contact: int, attempt: Try) -> None:
    ask(zoe.identifier, NOW)
    answer_resets(NOW)
    code = code_in(last("reset-code"))
    ticket = prove(attempt, code).ticket
    assert isinstance(prove(attempt, code).decision, Refused)
    assert ticket is not None
    finish_reset(ticket, NEW, NOW)
    with pytest.raises(Gone):
        finish_reset(ticket, "another-orage-kayak-28", NOW)


def test_a_ticket_waits_a_quarter_of_an_hour_and_survives_a_refusal(zoe: Person, contact: int, attempt: Try) -> None:
    ask(zoe.identifier, NOW)
    answer_resets(NOW)
    ticket = prove(attempt, code_in(last("reset-code"))).ticket
    assert ticket is not None
    with pytest.raises(PasswordRefused):
        finish_reset(ticket, "short", NOW)
    with pytest.raises(Gone):
        finish_reset(ticket, NEW, NOW + timedelta(minutes=16))
    assert finish_reset(ticket, NEW, NOW) == zoe.id


@pytest.mark.parametrize("ticket", ["", "1.1.1.00", "x", "1.1.1788249600." + "0" * 64, "." * 300])
def test_a_ticket_of_ones_own_making_opens_nothing(zoe: Person, ticket: str) -> None:
    with pytest.raises(Gone):
        finish_reset(ticket, NEW, NOW)


def test_guessing_codes_is_slowed_like_guessing_passwords(zoe: Person, contact: int, attempt: Try) -> None:
    told = [prove(attempt, f"AAAA-AAA{letter}").decision for letter in "ABCDEFG"]
    assert [each.reason for each in told] == [Reason.WRONG] * 5 + [Reason.SLOWED] * 2  # type: ignore[union-attr]


def test_asking_leaves_the_same_row_for_nobody_as_for_somebody(zoe: Person, contact: int) -> None:
    for identifier in (zoe.identifier, "nobody", "", "x" * 9999, "\0"):
        ask(identifier, NOW)
    assert ResetAsked.objects.count() == 5
    assert answer_resets(NOW) == 1
    assert answer_resets(NOW) == 0


def test_asking_many_times_in_a_minute_sends_one_code(zoe: Person, contact: int) -> None:
    for _ in range(10):
        ask(zoe.identifier, NOW)
    assert answer_resets(NOW) == 1
    ask(zoe.identifier, NOW + timedelta(minutes=1))
    assert answer_resets(NOW + timedelta(minutes=1)) == 1


def test_a_suspended_account_gets_no_code_and_its_old_code_opens_nothing(zoe: Person, contact: int, attempt: Try) -> None:
    ask(zoe.identifier, NOW)
    answer_resets(NOW)
    set_state(zoe.id, AccountState.SUSPENDED)
    outcome = prove(attempt, code_in(last("reset-code")))
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.exact is Reason.SUSPENDED
    assert outcome.ticket is None


def test_a_recovery_code_is_as_good_as_one_that_was_sent_and_is_used_up(zoe: Person, attempt: Try) -> None:
    codes = make_sheet(zoe.id, "recovery-code", NOW)
    outcome = prove(attempt, codes[3].lower())
    assert isinstance(outcome.decision, Granted)
    assert outcome.ticket is not None
    finish_reset(outcome.ticket, NEW, NOW)
    again = prove(attempt, codes[3])
    assert isinstance(again.decision, Refused)
    assert again.decision.reason is Reason.WRONG


def test_a_printed_code_alone_resets_nothing(zoe: Person, attempt: Try) -> None:
    assert isinstance(prove(attempt, make_sheet(zoe.id, "printed", NOW)[0]).decision, Refused)
