"""« Seconds facteurs en chiffres »: each reads the establishments that they look after, and nobody’s name."""

from datetime import date

import pytest

from corneille.access.factor import make_sheet
from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from corneille.run.ground import Ground
from tests.doors.web.conftest import Enter, text_of

LYCEE, COLLEGE, RECTORAT = format_uai(760095), format_uai(140017), format_uai(760000)
SINCE = date(2020, 9, 1)


def add(given_name: str, uai: str, kind: AccountType = AccountType.TEACHER, function: str = "x") -> Person:
    person = add_person(NewPerson(kind, given_name, "Martel", now=clock.now()))
    set_password(person.id, "panier-orage-kayak-27", clock.now())
    add_assignment(person.id, uai, function, SINCE)
    return person


@pytest.fixture
def school(ground: Ground) -> list[Person]:
    """Five teachers of the lycée, two of whom have codes on paper; two of the collège."""
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    for uai, name, kind in ((LYCEE, "Lycée Flaubert", "lycee"), (COLLEGE, "Collège Monod", "college"),
                            (RECTORAT, "Rectorat de Rouen", "rectorat")):  # fmt: skip
        add_establishment(NewEstablishment(uai, name, kind, "Rouen"))
    teachers = [add(name, LYCEE) for name in ("Aline", "Bruno", "Chloé", "Denis", "Élise")]
    for each in teachers[:2]:
        make_sheet(each.id, "printed", clock.now())
    return [*teachers, add("Farid", COLLEGE), add("Gaëlle", COLLEGE)]


def test_a_head_reads_the_figures_of_their_own_establishment_and_no_name(enter: Enter, school: list[Person]) -> None:
    head = add("Hélène", LYCEE, AccountType.HEAD)
    browser = enter(head)
    assert "Seconds facteurs en chiffres" in text_of(browser.get("/"))
    page = text_of(browser.get("/etablissement/seconds-facteurs"))
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "Lycée Flaubert" in table
    assert "33" in table, "two of six, the head being one"
    assert "Collège" not in table
    assert not any(each.given_name in page for each in school)


def test_a_figure_of_a_few_people_is_not_shown(enter: Enter, school: list[Person]) -> None:
    browser = enter(add("Inès", RECTORAT, AccountType.SECURITY))
    page = text_of(browser.get("/etablissement/seconds-facteurs"))
    row = next(each for each in page.split("<tr>") if "Collège Monod" in each)
    assert "moins de 5" in row
    assert "%" not in row
    assert "Lycée Flaubert" in page


def test_a_security_correspondent_reads_their_establishment_and_a_teacher_none(enter: Enter, school: list[Person]) -> None:
    correspondent = add("Jules", COLLEGE, function="Correspondant sécurité")
    page = text_of(enter(correspondent).get("/etablissement/seconds-facteurs"))
    assert "Collège Monod" in page
    assert "Lycée Flaubert" not in page
    browser = enter(school[-1])
    assert browser.get("/etablissement/seconds-facteurs").status_code == 404
    assert "Seconds facteurs en chiffres" not in text_of(browser.get("/"))
