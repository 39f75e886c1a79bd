"""« Configurer mon logiciel de messagerie »: exact settings, and app passwords shown once."""

import re
from datetime import UTC, datetime

from corneille.access.app_password import list_app_passwords
from corneille.access.attempt import Attempt
from corneille.access.decide import Granted, Refused
from corneille.access.sign_in import sign_in
from corneille.people.find import Person
from tests.doors.web.conftest import Browser, text_of

SECRET = re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{4}){5}\b")


def from_a_phone(secret: str) -> Attempt:
    return Attempt("imap", "clemoine", secret, "192.0.2.18", None, "Thunderbird", datetime.now(UTC))


def test_the_page_shows_what_a_program_asks_for(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    page = text_of(browser.get("/configurer"))
    for wanted in ("localhost", "993", "143", "465", "587", "claire.lemoine@ac-demonstration.test", "POP3"):
        assert wanted in page


def test_an_app_password_is_shown_once_and_opens_the_mail_doors(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    page = text_of(browser.post("/configurer", {"label": "Thunderbird à la maison"}))
    found = SECRET.search(page)
    assert found is not None
    assert isinstance(sign_in(from_a_phone(found[0])).decision, Granted)
    again = text_of(browser.get("/configurer"))
    assert found[0] not in again
    assert "Thunderbird à la maison" in again


def test_a_revoked_app_password_opens_nothing(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    found = SECRET.search(text_of(browser.post("/configurer", {"label": "Mon téléphone"})))
    assert found is not None
    made = list_app_passwords(teacher.id)[0].id
    assert browser.post("/configurer/revoquer", {"id": str(made)}).status_code == 302
    assert isinstance(sign_in(from_a_phone(found[0])).decision, Refused)
    assert "est révoqué" in text_of(browser.get("/configurer"))


def test_an_app_password_without_a_name_is_asked_for_one(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    for label in ("", "   ", "x" * 61, "a\u202eb"):
        page = text_of(browser.post("/configurer", {"label": label}))
        assert 'aria-invalid="true"' in page
    assert list_app_passwords(teacher.id) == []


def test_strangers_are_sent_to_the_sign_in_page(browser: Browser) -> None:
    assert browser.get("/configurer").headers["Location"] == "/connexion?next=%2Fconfigurer"


def test_what_it_opens_and_until_when_are_chosen(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    page = text_of(browser.post("/configurer", {"label": "Prêt du CDI", "opens": "mail", "lasts": "month"}))
    (shown,) = list_app_passwords(teacher.id)
    assert shown.scopes == {"imap", "smtp"}
    assert shown.expires_at is not None
    assert (shown.expires_at - shown.created_at).days == 30
    assert "courrier seul" in page
    assert "jusqu’au" in page
