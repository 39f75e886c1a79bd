"""The page of one's copy: asked for with a fresh proof, followed, fetched by its owner alone."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import Client

from corneille.access.password import set_password
from corneille.doors.web.step_up import PROVED_AT
from corneille.kernel import clock
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.privacy.export.exporter import Exporter
from corneille.privacy.models import Export
from tests.doors.web.conftest import PASSWORD, Browser, text_of


def make() -> None:
    by = Exporter()
    while Export.objects.filter(state="asked").exists():
        by.work(clock.now())


def grow_old(browser: Browser) -> None:
    """As after eleven minutes."""
    session = browser.client.session
    session[PROVED_AT] -= timedelta(minutes=11).total_seconds()
    session.save()


def test_asked_for_followed_fetched_and_deleted(browser: Browser, teacher: Person) -> None:
    create_mail_account(teacher.id, quota_bytes=10**6)
    browser.sign_in(teacher.identifier)
    assert "Demander une copie" in text_of(browser.get("/mes-donnees"))
    assert browser.post("/mes-donnees/copie/demander", {}).headers["Location"] == "/mes-donnees"
    page = text_of(browser.get("/mes-donnees"))
    assert "en préparation" in page
    assert "Actualiser" in page  # without JavaScript
    assert browser.get("/mes-donnees/copie/telecharger").status_code == 404
    assert "déjà en préparation" in text_of(follow(browser, "/mes-donnees/copie/demander"))
    part = browser.get("/mes-donnees/copie", **{"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in text_of(part)
    assert "<html" not in text_of(part)
    make()
    part = browser.get("/mes-donnees/copie", **{"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in text_of(part)
    assert "Votre copie est prête" in text_of(browser.get("/mes-donnees"))
    answer = browser.client.get("/mes-donnees/copie/telecharger", secure=True)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="corneille-{clock.now():%Y-%m-%d}.zip"'
    content = answer.getvalue()
    assert len(content) == int(answer.headers["Content-Length"])
    assert content.startswith(b"PK")
    browser.post("/mes-donnees/copie/supprimer", {})
    assert browser.get("/mes-donnees/copie/telecharger").status_code == 404
    assert "Demander une copie" in text_of(browser.get("/mes-donnees"))


def follow(browser: Browser, path: str) -> HttpResponse:
    return browser.get(browser.post(path, {}).headers["Location"])


def test_an_old_proof_is_asked_for_again_to_ask_and_to_fetch(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    browser.post("/mes-donnees/copie/demander", {})
    make()
    grow_old(browser)
    assert browser.get("/mes-donnees/copie/telecharger").headers["Location"].startswith("/confirmer?")
    assert browser.post("/mes-donnees/copie/demander", {}).headers["Location"].startswith("/confirmer?")
    assert Export.objects.get().state == "ready"


def test_nobody_else_finds_it(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    browser.post("/mes-donnees/copie/demander", {})
    make()
    other = add_person(NewPerson(AccountType.SECURITY, "Karim", "Haddad", now=clock.now()))
    set_password(other.id, PASSWORD, clock.now())
    stranger = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
    stranger.sign_in(other.identifier)
    assert stranger.get("/mes-donnees/copie/telecharger").status_code == 404
    assert stranger.post("/mes-donnees/copie/supprimer", {}).status_code == 404
    assert "Demander une copie" in text_of(stranger.get("/mes-donnees"))
    assert Export.objects.get().state == "ready"


def test_a_copy_that_failed_says_why_and_what_to_do(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    browser.post("/mes-donnees/copie/demander", {})
    for problem, words in (
        ("disk-full", "pas la place"), ("too-large", "taille permise"), ("storage", "Le disque"), ("interrupted", "arrêté"),
    ):  # fmt: skip
        Export.objects.update(state="failed", problem=problem)
        page = text_of(browser.get("/mes-donnees"))
        assert "n’a pas pu être faite" in page
        assert words in page
        assert "Demander à nouveau" in page
