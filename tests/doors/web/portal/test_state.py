"""« État du service »: everybody reads it where they need it; the rectorat's support and security alone write it."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from corneille.access.password import set_password
from corneille.desk.disruption import NewDisruption, announce, list_disruptions, list_near
from corneille.desk.probe import Probed, note_probe
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.doors.web.conftest import PASSWORD, Browser, text_of

RECTORAT, DSDEN = format_uai(760001), format_uai(760002)
GIVEN = {
    "kind": "incident", "french_title": "Envoi lent", "english_title": "Slow sending", "french": "On <cherche>.",
    "english": "We are looking.", "affected": "sending", "begins_at": "", "ends_at": "",
}  # fmt: skip


@pytest.fixture
def officer(teacher: Person) -> Person:
    """Nadia, of the rectorat's support."""
    add_establishment(NewEstablishment(RECTORAT, "Rectorat", "rectorat", "Rouen"))
    add_establishment(NewEstablishment(DSDEN, "DSDEN", "dsden", "Rouen"))
    return _add("Nadia", "Benali", RECTORAT)


def _add(given: str, family: str, uai: str) -> Person:
    person = add_person(NewPerson(AccountType.SUPPORT, given, family, clock.now()))
    set_password(person.id, PASSWORD, clock.now())
    add_assignment(person.id, uai, "Assistance", date(2020, 9, 1))
    return person


def _say_incident() -> None:
    now = clock.now()
    new = NewDisruption("incident", ("Envoi lent", "Slow sending"), ("On cherche.", "Looking."), {"sending"}, now)
    announce(new, now, actor="x")


@pytest.mark.parametrize("path", ["/etat-du-service", "/connexion", "/depannage"])
def test_a_stranger_reads_of_an_incident_where_it_may_be_the_cause(browser: Browser, teacher: Person, path: str) -> None:
    assert "Envoi lent" not in text_of(browser.get(path))
    _say_incident()
    page = text_of(browser.get(path))
    assert "Envoi lent" in page
    assert "On cherche." in page
    assert "Slow sending" in text_of(browser.get(path, **{"Accept-Language": "en"}))


def test_the_home_page_tells_it_too(browser: Browser, teacher: Person) -> None:
    _say_incident()
    browser.sign_in(teacher.identifier)
    assert "Envoi lent" in text_of(browser.get("/"))


def test_the_feed_has_it_in_both_languages(browser: Browser, teacher: Person) -> None:
    _say_incident()
    for path, title in (("/etat-du-service.atom", "Envoi lent"), ("/etat-du-service.atom?langue=en", "Slow sending")):
        answer = browser.get(path)
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        found = ElementTree.fromstring(answer.content).findall(".//{*}entry/{*}title")
        assert [each.text for each in found] == [title]
        told = ElementTree.fromstring(answer.content).find("{*}title")
        assert told is not None
        assert str(told.text).endswith("State of the service" if "en" in path else "État du service")


def test_an_officer_announces_adds_and_ends(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    assert "/etat-du-service/annoncer" in text_of(browser.get("/etat-du-service"))
    assert browser.post("/etat-du-service/annoncer", GIVEN).headers["Location"] == "/etat-du-service"
    page = text_of(browser.get("/etat-du-service"))
    assert "On &lt;cherche&gt;." in page
    [shown] = list_near(clock.now(), "fr")
    more = {"id": str(shown.id), "french": "Fini.", "english": "Over."}
    incomplete = browser.post("/etat-du-service/ajouter", {**more, "english": ""})
    assert incomplete.headers["Location"] == "/etat-du-service/annoncer"
    browser.post("/etat-du-service/ajouter", {**more, "terminer": "1"})
    assert list_near(clock.now(), "fr") == []
    assert browser.post("/etat-du-service/ajouter", more).status_code == 404


def test_works_are_typed_in_the_hours_of_the_clock_on_the_wall(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    day = (clock.now() + timedelta(days=2)).date()
    told = {**GIVEN, "kind": "works", "begins_at": f"{day}T18:00", "ends_at": f"{day}T17:00"}
    assert "finissent plus tard" in text_of(browser.post("/etat-du-service/annoncer", told))
    far = {"begins_at": "9999-12-31T23:00", "ends_at": "9999-12-31T23:59"}
    assert "dans l’année" in text_of(browser.post("/etat-du-service/annoncer", {**told, **far}))
    browser.post("/etat-du-service/annoncer", {**told, "ends_at": f"{day}T20:00"})
    [shown] = list_disruptions(clock.now(), "fr")
    assert shown.begins_at.astimezone(UTC) in {
        datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for hour in (16, 17)  # Paris, in summer or in winter
    }


def test_the_support_of_a_department_does_not_speak_for_the_academie(browser: Browser, officer: Person) -> None:
    local = _add("Luc", "Roche", DSDEN)
    browser.sign_in(local.identifier)
    assert "/etat-du-service/annoncer" not in text_of(browser.get("/etat-du-service"))
    assert browser.get("/etat-du-service/annoncer").status_code == 404
    assert browser.post("/etat-du-service/annoncer", GIVEN).status_code == 404


def test_planned_works_are_told_a_week_before_where_people_pass(browser: Browser) -> None:
    now = clock.now()
    for days, title in ((6, "Mise à jour"), (8, "Plus tard")):
        begins_at = now + timedelta(days=days)
        announce(
            NewDisruption(
                "works", (title, title), ("Rien ne se perd.", "Nothing is lost."), {"mail"}, begins_at,
                begins_at + timedelta(hours=1),
            ), now, actor="x",
        )  # fmt: skip
    for path in ("/connexion", "/depannage"):
        page = text_of(browser.get(path))
        assert "Mise à jour" in page
        assert "Travaux" in page
        assert "Plus tard" not in page


def test_nobody_is_told_that_all_works_while_the_probe_fails(browser: Browser) -> None:
    now = clock.now()
    for at, fault, is_well in ((now, "read: timed out", False), (now, "", True), (now - timedelta(hours=2), "x", True)):
        note_probe(Probed(at, 10, 10, fault))
        page = text_of(browser.get("/etat-du-service"))
        assert ("Tout fonctionne" in page) is is_well
        assert "timed out" not in page
