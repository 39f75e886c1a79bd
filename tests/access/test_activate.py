"""Activation: NUMEN, birth date and the letter's code together, once; and the charter, asked again when it changes."""

from datetime import date, timedelta

import pytest

from corneille.access.activate import finish_activation, make_activation_code, prove_activation
from corneille.access.attempt import Attempt, Outcome
from corneille.access.charter import CharterRefused, accept_charter, find_charter, is_charter_due, publish_charter
from corneille.access.decide import Granted, Refused
from corneille.access.letter_code import LetterRefused
from corneille.access.password import PasswordRefused
from corneille.access.reason import Reason, Restriction
from corneille.access.restriction import list_restrictions
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState
from corneille.people.find import Person, find_state

from .conftest import ELSEWHERE, NOW, PASSWORD, Try, add_teacher

BORN = date(1985, 3, 17)
NUMEN = "05E0512345XYZ"


@pytest.fixture
def newcomer(zoe: Person) -> Person:
    return add_teacher("Lucie", "Morel", numen=NUMEN, birth_on=BORN, state=AccountState.TO_ACTIVATE)


@pytest.fixture
def code(newcomer: Person) -> str:
    return make_activation_code(newcomer.id, NOW, actor="cli")


def prove(typed: str, *, born: date | None = BORN, who: str = NUMEN, days: int = 0, address: str = ELSEWHERE) -> Outcome:
    return prove_activation(Attempt("activation", who, typed, address, None, "Firefox", NOW + timedelta(days=days)), born)


def reason(outcome: Outcome) -> Reason | None:
    return outcome.decision.reason if isinstance(outcome.decision, Refused) else None


def test_the_whole_way_from_the_letter_to_the_first_sign_in(newcomer: Person, code: str) -> None:
    proved = prove(code.lower())
    assert isinstance(proved.decision, Granted)
    assert proved.ticket is not None
    finish_activation(proved.ticket, PASSWORD, NOW)
    assert find_state(newcomer.id) is AccountState.ACTIVE
    assert isinstance(Try(newcomer.identifier)(PASSWORD).decision, Granted)


@pytest.mark.parametrize(
    ("typed", "born", "who"),
    [(None, date(1985, 3, 18), NUMEN), (None, None, NUMEN), ("AAAA-AAAA", BORN, NUMEN), (None, BORN, "05E0599999XYZ"),
     ("", BORN, NUMEN), (NUMEN, BORN, NUMEN)],
)  # fmt: skip
def test_two_of_the_three_are_not_enough_and_all_refusals_read_alike(
    code: str, typed: str | None, born: date | None, who: str
) -> None:
    told = reason(prove(code if typed is None else typed, born=born, who=who))
    assert told in ({Reason.BAD_INPUT} if typed == "" else {Reason.WRONG})


def test_a_letter_serves_again_until_the_password_is_set_and_is_explained_afterwards(newcomer: Person, code: str) -> None:
    first, second = prove(code), prove(code)
    assert first.ticket is not None
    assert second.ticket is not None
    with pytest.raises(PasswordRefused):
        finish_activation(first.ticket, "court", NOW)
    finish_activation(second.ticket, PASSWORD, NOW)
    with pytest.raises(Gone):
        finish_activation(first.ticket, "panier-orage-kayak-27", NOW)
    assert reason(prove(code)) is Reason.ACTIVATED
    assert reason(prove("AAAA-AAAA")) is Reason.WRONG, "nobody else is told"


def test_an_old_letter_and_the_one_before_a_new_one_are_explained(newcomer: Person, code: str) -> None:
    assert reason(prove(code, days=61)) is Reason.CODE_SPENT
    make_activation_code(newcomer.id, NOW, actor="cli")
    assert reason(prove(code)) is Reason.CODE_SPENT


def test_guessing_is_slowed_and_the_letter_outlives_it(newcomer: Person, code: str) -> None:
    told = [reason(prove(f"AAAA-AAA{letter}", address="203.0.113.9")) for letter in "ABCDEF"]
    assert told == [Reason.WRONG] * 5 + [Reason.SLOWED]
    assert isinstance(prove(code).decision, Granted)


def test_no_letter_is_made_for_who_is_active(zoe: Person) -> None:
    with pytest.raises(Gone):
        make_activation_code(zoe.id, NOW, actor="cli")


def test_no_letter_is_made_that_could_open_nothing(zoe: Person) -> None:
    unborn = add_teacher("Jean", "Sansdate", state=AccountState.TO_ACTIVATE)
    with pytest.raises(LetterRefused):
        make_activation_code(unborn.id, NOW, actor="cli")


def test_a_charter_is_asked_accepted_with_its_date_and_asked_again_when_it_changes(zoe: Person) -> None:
    assert not is_charter_due(zoe.id, NOW)
    publish_charter("1", "un", "one", NOW, by="x")
    assert Restriction.ACCEPT_CHARTER_FIRST in list_restrictions(zoe.id, NOW)
    assert accept_charter(zoe.id, "1", NOW)
    shown = find_charter(zoe.id, "en", NOW)
    assert shown is not None
    assert (shown.text, shown.accepted_at) == ("one", NOW)
    later = NOW + timedelta(days=400)
    publish_charter("2", "deux", "two", later, by="x")
    assert is_charter_due(zoe.id, later)
    assert not accept_charter(zoe.id, "1", later), "the version that was read is no longer the one in force"
    assert accept_charter(zoe.id, "2", later)
    with pytest.raises(CharterRefused):
        publish_charter("2", "deux", "two", later, by="x")
    with pytest.raises(CharterRefused):
        publish_charter("3", " ", "three", later, by="x")
