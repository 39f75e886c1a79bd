"""Changing one's password."""

from datetime import timedelta

import pytest
from django.test import Client

from corneille.access.factor import make_sheet
from corneille.access.one_time_code import UNLOCK, find_open_name, make_code
from corneille.kernel import clock
from corneille.people.find import Person
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NEW = "un hérisson traverse la cour"


def test_the_new_password_works_the_old_one_does_not_and_other_sessions_end(browser: Browser, teacher: Person) -> None:
    phone = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
    phone.sign_in("clemoine")
    browser.sign_in("clemoine")
    sent = {"present": PASSWORD, "new": NEW, "again": NEW}
    assert browser.post("/mot-de-passe", sent).status_code == 302
    assert "Votre mot de passe est changé" in text_of(browser.get("/mes-connexions"))
    assert phone.get("/").status_code == 302
    assert phone.sign_in("clemoine", PASSWORD).status_code == 200
    assert phone.sign_in("clemoine", NEW).status_code == 302


@pytest.mark.parametrize("has_factor", [False, True])
def test_a_letter_ends_with_the_password_where_its_owner_came_in_by_a_factor(
    browser: Browser, teacher: Person, has_factor: bool
) -> None:
    now = clock.now()
    code = make_sheet(teacher.id, "printed", now)[0] if has_factor else ""
    browser.sign_in("clemoine")
    if has_factor:
        browser.post("/connexion/deuxieme-etape", {"par": "printed", "code": code})
    make_code(teacher.id, UNLOCK, now, timedelta(days=3))
    assert browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW}).status_code == 302
    assert (find_open_name(teacher.id, UNLOCK) is None) is has_factor


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"present": "pas le bon", "new": NEW, "again": NEW}, "ne correspond pas"),
        ({"present": PASSWORD, "new": "bref", "again": "bref"}, "trop court"),
        ({"present": PASSWORD, "new": "claire lemoine 76", "again": "claire lemoine 76"}, "votre nom"),
        ({"present": PASSWORD, "new": NEW, "again": NEW + "s"}, "différents"),
    ],
)
def test_a_password_that_is_not_accepted_says_why(
    browser: Browser, teacher: Person, sent: dict[str, str], told: str
) -> None:
    browser.sign_in("clemoine")
    page = text_of(browser.post("/mot-de-passe", sent))
    assert told in page
    assert sent["new"] not in page


def test_password_managers_find_the_page(browser: Browser) -> None:
    assert browser.get("/.well-known/change-password").headers["Location"] == "/mot-de-passe"
