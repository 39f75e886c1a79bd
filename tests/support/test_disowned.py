"""A letter that unlocks, ended by the link in its own mailbox: support looks into it, and the heads of school hear of it."""

from datetime import date, timedelta

import pytest

from corneille.access.disowned_letter import find_disowned_at
from corneille.access.not_me import disown, make_link
from corneille.access.recovery_contact import import_contact, list_contacts
from corneille.access.unlock import make_unlock_codes
from corneille.people.account_type import AccountType
from corneille.people.add import add_assignment
from corneille.people.decide import Level
from corneille.people.find import Person
from corneille.support.disowned import LOOKED_BACK, open_for_disowned
from corneille.support.request import list_own, open_own
from corneille.support.route import Matter
from tests.support.school import COLLEGE, NOW, Academie, add, told, with_password

MINUTE = timedelta(minutes=1)


@pytest.fixture
def claire(academie: Academie) -> Person:
    with_password(academie.claire)
    return academie.claire


def make_letter(person: Person, at: timedelta) -> None:
    make_unlock_codes(person.id, "factor", "seen-known", NOW + at, by="Anne Martin", actor="cli")


def disown_letter(person: Person, at: timedelta) -> None:
    disown(make_link(person.id, NOW + at).rpartition("/")[2], NOW + at + MINUTE)


def test_support_above_the_school_and_its_heads_are_told_once(academie: Academie, claire: Person) -> None:
    other = add("Marc", "Petit", COLLEGE, AccountType.HEAD, "Direction")
    make_letter(claire, timedelta())
    disown_letter(claire, MINUTE)
    at = NOW + 3 * MINUTE
    assert [open_for_disowned(at), open_for_disowned(at)] == [1, 0]
    (line,) = list_own(claire.id)
    assert (line.matter, line.is_by_itself, line.level) == (Matter.SIGN_IN, True, Level.DEPARTMENT)
    assert [step.action for step in open_own(claire.id, line.id, at).steps] == ["letter"]
    assert told(claire.id)[-1] == "request-for-letter"
    assert told(academie.technician.id) == ["request-arrived"]
    assert told(academie.head.id) == ["unlock-letter-disowned"]
    assert [told(each.id) for each in (academie.correspondent, other)] == [[], []]


def test_the_heads_of_each_school_of_the_person_are_told(academie: Academie, claire: Person) -> None:
    other = add("Marc", "Petit", COLLEGE, AccountType.HEAD, "Direction")
    add_assignment(claire.id, COLLEGE, "x", date(2020, 9, 1))
    make_letter(claire, timedelta())
    disown_letter(claire, MINUTE)
    open_for_disowned(NOW + 3 * MINUTE)
    assert told(academie.head.id) == told(other.id) == ["unlock-letter-disowned"]


def test_a_letter_that_its_owner_ended_by_a_recovery_contact_is_told_too(academie: Academie, claire: Person) -> None:
    import_contact(claire.id, "claire@example.org", NOW, actor="cli")
    (contact,) = list_contacts(claire.id)
    make_letter(claire, timedelta())
    disown(make_link(claire.id, NOW + MINUTE, contact=contact.id).rpartition("/")[2], NOW + 2 * MINUTE)
    at = NOW + 3 * MINUTE
    assert [open_for_disowned(at), open_for_disowned(at)] == [1, 0]
    assert told(claire.id)[-1] == "request-for-letter-denied"
    assert told(academie.technician.id) == ["request-arrived"]
    assert told(academie.head.id) == ["unlock-letter-denied"]
    assert find_disowned_at(claire.id, at) is None, "the next letter may be ended from the mailbox, once"


def test_a_letter_that_stays_or_a_link_without_a_letter_opens_nothing_more(claire: Person) -> None:
    disown_letter(claire, -MINUTE)
    assert open_for_disowned(NOW) == 0
    for day in range(2):
        make_letter(claire, timedelta(days=day))
        disown_letter(claire, timedelta(days=day) + MINUTE)
    assert open_for_disowned(NOW + timedelta(days=1, minutes=3)) == 0, "longer ago than is looked at"
    assert open_for_disowned(NOW + LOOKED_BACK) == 1
    assert len(list_own(claire.id)) == 1
