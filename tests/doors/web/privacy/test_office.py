"""The data protection officer reads the register and what the purges did; nobody else finds the page."""

import csv
import io

import pytest

from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.privacy.purge import PURGES, run_purge
from corneille.privacy.register import REGISTER
from corneille.run.ground import Ground
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NAMES = [*(each.name for each in PURGES), *(each.name for each in REGISTER)]


@pytest.fixture
def officer(ground: Ground) -> Person:
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    person = add_person(NewPerson(AccountType.DATA_PROTECTION, "Hélène", "Vasseur", now=clock.now()))
    set_password(person.id, PASSWORD, clock.now())
    return person


def test_every_purge_and_every_processing_is_on_the_page_in_both_languages(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    assert "/confidentialite" in text_of(browser.get("/"))
    assert f"{len(PURGES)} purges n’ont pas eu lieu" in text_of(browser.get("/confidentialite"))
    for each in PURGES:
        run_purge(each, clock.now())
    page = text_of(browser.get("/confidentialite"))
    assert "n’ont pas eu lieu" not in page
    assert all(name.french in page for name in NAMES)
    browser.post("/langue", {"language": "en", "next": "/"})
    page = text_of(browser.get("/confidentialite"))
    assert all(name.english in page for name in NAMES)


def test_the_register_is_downloaded_for_a_spreadsheet(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    answer = browser.get("/confidentialite/registre.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="registre.csv"'
    rows = list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == [each.name.french for each in REGISTER]


def test_a_teacher_finds_nothing_there(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    assert browser.get("/confidentialite").status_code == 404
    assert browser.get("/confidentialite/registre.csv").status_code == 404
