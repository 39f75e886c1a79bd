"""« Mes connexions »: sessions are seen and ended, by their owner alone."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from corneille.access.app_password import create_app_password
from corneille.access.connection import Hold, list_connections, open_connection
from corneille.access.password import set_password
from corneille.access.session import list_sessions
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from tests.doors.web.conftest import PASSWORD, Browser, text_of


@pytest.fixture
def phone(browser: Browser) -> Browser:
    """A second browser of the same person."""
    return Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))


def test_ending_the_other_sessions_leaves_this_one(browser: Browser, phone: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    phone.sign_in("clemoine")
    assert len(list_sessions(teacher.id)) == 2
    assert "Fermer toutes les autres" in text_of(browser.get("/mes-connexions"))
    browser.post("/mes-connexions/fermer-les-autres", {})
    assert phone.get("/").headers["Location"] == "/connexion"
    assert browser.get("/mes-connexions").status_code == 200
    assert len(list_sessions(teacher.id)) == 1


def test_one_session_is_ended(browser: Browser, phone: Browser, teacher: Person) -> None:
    phone.sign_in("clemoine")
    session = list_sessions(teacher.id)[0].id
    browser.sign_in("clemoine")
    assert browser.post("/mes-connexions/fermer", {"id": str(session)}).status_code == 302
    assert phone.get("/").status_code == 302


def test_nobody_ends_the_session_of_somebody_else(browser: Browser, phone: Browser, teacher: Person) -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC)
    other = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=now))
    set_password(other.id, PASSWORD, now)
    phone.sign_in("clemoine")
    browser.sign_in(other.identifier)
    session = list_sessions(teacher.id)[0].id
    assert browser.post("/mes-connexions/fermer", {"id": str(session)}).status_code == 404
    assert phone.get("/").status_code == 200


@pytest.mark.parametrize("id_", ["", "0", "-1", "1; DROP", "9" * 400, "¹"])
def test_an_id_that_no_page_wrote_is_not_found(browser: Browser, teacher: Person, id_: str) -> None:
    browser.sign_in("clemoine")
    for path in ("/mes-connexions/fermer", "/configurer/revoquer"):
        assert browser.post(path, {"id": id_}).status_code == 404


def test_a_program_that_says_something_hostile_is_shown_as_text(browser: Browser, teacher: Person) -> None:
    browser.post(
        "/connexion",
        {"identifier": "clemoine", "secret": "non"},
        agent="<img src=x onerror=alert(1)> Firefox",
    )
    browser.sign_in("clemoine")
    assert "<img src=x" not in text_of(browser.get("/mes-connexions"))


def open_thunderbird(person: Person) -> int:
    app_password, _secret = create_app_password(person.id, "Bureau", frozenset({"imap"}), clock.now())
    hold = Hold(person.id, app_password, 1, "imap", "192.0.2.7", clock.now())
    return open_connection(hold, "Thunderbird 140 Windows")


def test_mail_programs_are_seen_and_disconnected(browser: Browser, teacher: Person) -> None:
    connection = open_thunderbird(teacher)
    browser.sign_in("clemoine")
    page = text_of(browser.get("/mes-connexions"))
    assert "Thunderbird sous Windows" in page
    assert "« Bureau »" in page.replace("\u202f", " ")
    browser.post("/mes-connexions/deconnecter", {"id": str(connection)})
    page = text_of(browser.get("/mes-connexions"))
    assert "Le programme est déconnecté" in page
    assert "Aucun en ce moment." in page
    assert browser.post("/mes-connexions/deconnecter", {"id": str(connection)}).status_code == 404


def test_ending_all_the_others_disconnects_mail_programs(browser: Browser, teacher: Person) -> None:
    open_thunderbird(teacher)
    browser.sign_in("clemoine")
    assert "programmes de messagerie compris" in text_of(browser.get("/mes-connexions"))
    browser.post("/mes-connexions/fermer-les-autres", {})
    assert list_connections(teacher.id) == []


def test_nobody_disconnects_the_program_of_somebody_else(browser: Browser, teacher: Person) -> None:
    connection, now = open_thunderbird(teacher), datetime(2026, 9, 1, tzinfo=UTC)
    other = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=now))
    set_password(other.id, PASSWORD, now)
    assert browser.post("/mes-connexions/deconnecter", {"id": str(connection)}).headers["Location"].startswith("/connexion")
    browser.sign_in(other.identifier)
    assert "Thunderbird" not in text_of(browser.get("/mes-connexions"))
    assert browser.post("/mes-connexions/deconnecter", {"id": str(connection)}).status_code == 404
    assert len(list_connections(teacher.id)) == 1
