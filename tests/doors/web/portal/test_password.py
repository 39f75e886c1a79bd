"""Changing one's password."""

import pytest
from django.test import Client

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
