"""« Mes droits »: which function a decision is for, why, and what is told on the home page."""

from datetime import date

from corneille.access.right import Right
from corneille.access.rights import decide_right
from corneille.access.tell_right import tell_concerned
from corneille.kernel import clock
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.doors.web.conftest import Browser, text_of


def test_a_decision_for_a_function_is_told_and_shown_with_its_reason(browser: Browser, teacher: Person) -> None:
    now, uai = clock.now(), format_uai(760095)
    add_establishment(NewEstablishment(uai, "Lycée Flaubert", "lycee", "Rouen"))
    add_assignment(teacher.id, uai, "Professeure principale", date(2020, 9, 1))
    decide_right(
        "function/Professeure principale", Right.SENDING, is_allowed=False, networks="", reason="audit des postes",
        by="Nadia Benali", from_on=now.date(), until_on=None, now=now,
    )  # fmt: skip
    assert tell_concerned(now) == 1
    browser.sign_in("clemoine")
    assert "Changement de vos droits le" in text_of(browser.get("/"))
    page = text_of(browser.get("/mes-droits")).replace("\u202f", " ")
    assert "Décidé par Nadia Benali pour toutes les personnes qui ont la fonction « professeure principale »" in page
    assert "audit des postes" in page
    assert "Professeure principale." in page, "the functions that one has, as they are written"
