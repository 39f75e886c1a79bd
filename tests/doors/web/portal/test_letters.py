"""Activation letters on the portal: for one's own establishment alone, journaled with the name of who made them."""

import re
from datetime import date

import pytest

from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.kernel.journal import list_lines, name_actor
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.doors.web.conftest import PASSWORD, Browser, text_of

MINE, OTHER = format_uai(760095), format_uai(140017)
PAGE, MAKE = "/etablissement/activations", "/etablissement/activations/lettres"


def arrive(name: str, uai: str) -> Person:
    born = date(1985, 3, 17)
    waiting = NewPerson(AccountType.TEACHER, "Lucie", name, clock.now(), state=AccountState.TO_ACTIVATE, birth_on=born)
    person = add_person(waiting)
    add_assignment(person.id, uai, "x", date(2020, 9, 1))
    return person


@pytest.fixture
def head(teacher: Person) -> Person:
    for uai, name in ((MINE, "Lycée Corneille"), (OTHER, "Lycée Malherbe")):
        add_establishment(NewEstablishment(uai, name, "lycee", "x"))
    person = add_person(NewPerson(AccountType.HEAD, "Anne", "Martin", clock.now()))
    set_password(person.id, PASSWORD, clock.now())
    add_assignment(person.id, MINE, "Direction", date(2020, 9, 1))
    return person


def test_a_head_sees_who_waits_at_their_school_and_makes_the_letters(browser: Browser, head: Person) -> None:
    morel, _petit, _other = arrive("Morel", MINE), arrive("Petit", MINE), arrive("Durand", OTHER)
    browser.sign_in("amartin")
    page = text_of(browser.get(PAGE))
    assert "Lucie Morel" in page
    assert "Durand" not in page
    made = browser.post(MAKE, {"uai": MINE})
    assert made.headers["Content-Type"] == "application/pdf"
    assert "no-store" in made.headers["Cache-Control"]
    assert len(re.findall(rb"/Type /Page\b", made.content)) == 2
    [line] = list_lines(morel.id, 5)
    assert (line.action, line.actor) == ("activation-code-made", name_actor(head.id))
    assert "dernière lettre" in text_of(browser.get(PAGE))


def test_one_person_is_one_page(browser: Browser, head: Person) -> None:
    arrive("Morel", MINE)
    arrive("Petit", MINE)
    browser.sign_in("amartin")
    made = browser.post(MAKE, {"uai": MINE, "identifier": "lmorel"})
    assert len(re.findall(rb"/Type /Page\b", made.content)) == 1


ASKED = ({"uai": OTHER}, {"uai": OTHER, "identifier": "ldurand"}, {"uai": MINE, "identifier": "ldurand"})


@pytest.mark.parametrize("asked", ASKED)
def test_of_another_school_there_is_nothing(browser: Browser, head: Person, asked: dict[str, str]) -> None:
    durand = arrive("Durand", OTHER)
    arrive("Morel", MINE)
    browser.sign_in("amartin")
    assert browser.post(MAKE, asked).status_code == 404
    assert list_lines(durand.id, 5) == []
    assert "Durand" not in text_of(browser.get(f"{PAGE}?uai={OTHER}"))


def test_who_looks_after_nobody_finds_no_such_page(browser: Browser, head: Person) -> None:
    arrive("Morel", MINE)
    browser.sign_in("clemoine")
    assert browser.get(PAGE).status_code == 404
    assert browser.post(MAKE, {"uai": MINE}).status_code == 404
    assert PAGE not in text_of(browser.get("/"))
