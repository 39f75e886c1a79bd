"""« Mes droits »: which function a decision is for, why, and what is told on the home page."""

from datetime import date, timedelta

from corneille.access.right import DECLARED, Right
from corneille.access.rights import decide_right
from corneille.access.tell_right import tell_concerned
from corneille.kernel import clock
from corneille.kernel.today import today
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


def test_a_right_that_goes_with_an_assignment_is_told_before_it_is_gone_with_what_comes_after(
    browser: Browser, teacher: Person
) -> None:
    now, uai = clock.now(), format_uai(760095)
    last_on = today(now) + timedelta(days=10)
    add_establishment(NewEstablishment(uai, "Lycée Flaubert", "lycee", "Rouen"))
    add_assignment(teacher.id, uai, "Secrétaire", date(2020, 9, 1), last_on)
    for scope, is_allowed, networks, from_on in (
        ("type/enseignant", False, "", today(now)), ("function/secrétaire", True, "", today(now)),
        (f"account/{teacher.id}", True, DECLARED, last_on + timedelta(days=20)),
    ):  # fmt: skip
        decide_right(
            scope, Right.SENDING, is_allowed=is_allowed, networks=networks, reason="audit", by="Nadia Benali",
            from_on=from_on, until_on=None, now=now,
        )  # fmt: skip
    browser.sign_in("clemoine")
    told = text_of(browser.get("/mes-droits")).partition('id="soon-title"')[2].replace("\u00a0", " ")
    assert told.index("Plus permis : Envoyer") < told.index("Permis depuis les réseaux de l’académie seulement : Envoyer")
