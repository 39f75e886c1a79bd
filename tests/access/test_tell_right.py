"""A decision for many is told to those for whom it changes something: with its day, once, spread over turns."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from corneille.access.decide import Granted, Refused
from corneille.access.models import RightDecided
from corneille.access.reason import Reason
from corneille.access.right import DECLARED, Right
from corneille.access.rights import RightRefused, decide_right, list_rights
from corneille.access.tell_right import Concerned, tell_concerned, tell_turn
from corneille.kernel import journal
from corneille.kernel.outbox import NoticeShown, list_notices
from corneille.notices.words import format_words
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try, add_teacher

TODAY = NOW.date()
SCHOOL = "0760095R"


@pytest.fixture
def principal(zoe: Person) -> Person:
    """Zoé, who leads the school at which she teaches."""
    add_establishment(NewEstablishment(SCHOOL, "Lycée Corneille", "lycee", "Rouen"))
    add_assignment(zoe.id, SCHOOL, "Principale adjointe", date(2020, 9, 1))
    return zoe


def decide(scope: str, *, is_allowed: bool = False, **more: Any) -> None:
    told: dict[str, Any] = {"networks": "", "reason": "audit", "by": "Nadia", "from_on": TODAY, "until_on": None, "now": NOW}
    decide_right(scope, Right.READING, is_allowed=is_allowed, **{**told, **more})


def list_told(person: Person) -> list[NoticeShown]:
    return [each for each in list_notices(person.id, NOW + timedelta(days=90)) if each.code == "right-announced"]


def test_a_right_is_decided_for_a_function_and_holds_at_its_door(principal: Person, attempt: Try) -> None:
    decide("function/PRINCIPALE ADJOINTE")
    refused = attempt(PASSWORD, door="imap").decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ENTITLED
    (reading,) = [each for each in list_rights(principal.id, "enseignant", NOW) if each.right is Right.READING]
    assert reading.decided is not None
    assert (reading.decided.reason, reading.decided.scope) == ("audit", "function/principale adjointe")


def test_who_does_not_have_the_function_that_day_is_not_meant(principal: Person, attempt: Try) -> None:
    other = add_teacher("Paul", "Durand")
    add_assignment(other.id, SCHOOL, "professeur", date(2020, 9, 1))
    decide("function/professeur")
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    tell_concerned(NOW)
    assert (len(list_told(principal)), len(list_told(other))) == (0, 1)


def test_a_function_is_more_particular_than_its_establishment_and_less_than_an_account(
    principal: Person, attempt: Try
) -> None:
    decide("function/principale adjointe", is_allowed=True)
    decide(f"uai/{SCHOOL}")
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    decide(f"account/{principal.id}")
    assert isinstance(attempt(PASSWORD, door="imap").decision, Refused)


@pytest.mark.parametrize("scope", ["function/proviseure", "uai/0760096S", "type/professeur"])
def test_a_name_that_means_nobody_is_refused_with_what_there_is(principal: Person, scope: str) -> None:
    with pytest.raises(RightRefused) as refused:
        decide(scope)
    assert refused.value.data["reason"] == "scope"
    assert refused.value.data["known"]


@pytest.mark.parametrize("scope", ["type/enseignant", f"uai/{SCHOOL}", "function/principale adjointe"])
def test_those_for_whom_it_changes_something_are_told_once_with_its_day(principal: Person, scope: str) -> None:
    begins, ends = TODAY + timedelta(days=10), TODAY + timedelta(days=40)
    decide(scope, from_on=begins, until_on=ends)
    assert tell_concerned(NOW) == 1
    assert tell_concerned(NOW) == 0
    (notice,) = list_told(principal)
    words = format_words(notice.code, notice.data, "fr")
    assert words.subject == "Changement de vos droits le 11 septembre 2026"
    assert "Lire dans un logiciel de messagerie ou sur un téléphone\u00a0: n’est plus permis." in words.text
    assert "Nadia" in words.text
    assert "audit" in words.text
    assert "11 octobre 2026" in words.text
    line = journal.list_lines(principal.id, 1)[0]
    assert (line.action, line.data["scope"]) == ("right-decided", scope)


def test_who_may_neither_more_nor_less_than_before_hears_nothing(principal: Person) -> None:
    decide(f"account/{principal.id}")
    decide("type/enseignant")
    decide(f"uai/{SCHOOL}", is_allowed=True)
    assert tell_concerned(NOW) == 0


def test_what_another_decision_still_hides_is_told_with_the_day_on_which_it_shows(principal: Person) -> None:
    decide(f"uai/{SCHOOL}", is_allowed=True, until_on=TODAY + timedelta(days=5))
    assert tell_concerned(NOW) == 0
    decide("type/enseignant")
    assert tell_concerned(NOW) == 1
    (notice,) = list_told(principal)
    assert notice.data["from_on"] == str(TODAY + timedelta(days=6))


def test_the_later_of_two_that_begin_on_one_day_holds(principal: Person, attempt: Try) -> None:
    decide("type/enseignant")
    decide("type/enseignant", is_allowed=True)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)


def test_a_whole_academie_is_told_turn_by_turn_from_where_the_last_one_stopped(principal: Person) -> None:
    people = [principal, *(add_teacher(f"Prénom{number}", "Nom") for number in range(6))]
    decide("type/enseignant")
    assert [tell_concerned(NOW, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert all(len(list_told(each)) == 1 for each in people)


def test_two_decisions_share_a_turn(principal: Person) -> None:
    decide("type/enseignant")
    decide(f"uai/{SCHOOL}", is_allowed=True)
    assert tell_concerned(NOW, 3) == 1, "the type's is hidden from her, the establishment's changes what she may do"


def test_a_turn_that_another_process_has_made_is_not_made_again(principal: Person) -> None:
    decide("type/enseignant")
    row = RightDecided.objects.get()
    assert tell_concerned(NOW) == 1
    lines = len(journal.list_lines(principal.id, 100))
    assert tell_turn(row, [Concerned(principal.id, TODAY)], None, NOW) == 0
    assert len(journal.list_lines(principal.id, 100)) == lines


def test_it_holds_and_is_told_from_midnight_in_the_academie(principal: Person) -> None:
    midnight = datetime(2026, 9, 9, 22, tzinfo=UTC)
    other = add_teacher("Paul", "Durand")
    add_assignment(other.id, SCHOOL, "professeur", date(2026, 9, 10))
    decide("function/principale adjointe", from_on=date(2026, 9, 10), now=midnight)
    decide("function/professeur", from_on=date(2026, 9, 1), now=midnight)
    for at, is_denied in ((midnight - timedelta(minutes=1), False), (midnight, True)):
        for person in (principal, other):
            (reading,) = [each for each in list_rights(person.id, "enseignant", at) if each.right is Right.READING]
            assert reading.is_allowed is not is_denied
    tell_concerned(midnight)
    assert (len(list_told(principal)), len(list_told(other))) == (1, 1)


def test_a_decision_until_the_last_day_of_the_calendar_holds_up_no_later_one(principal: Person) -> None:
    decide(f"account/{principal.id}", until_on=date.max)
    decide("type/enseignant", is_allowed=False, until_on=date.max, reason="first")
    decide("function/principale adjointe", networks=DECLARED, is_allowed=True, reason="later")
    assert tell_concerned(NOW) == 0, "their own decision prevails until the last day"
    assert not RightDecided.objects.exclude(told_to=None).exists()
