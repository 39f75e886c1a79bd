"""Recovery contacts and the forgotten password, as pages."""

import json
from datetime import timedelta

import pytest

from corneille.access.models import Device, RecoveryContact
from corneille.access.recovery_contact import SEALED_CODE, list_contacts
from corneille.access.reset import answer_resets
from corneille.doors.web.portal import strength
from corneille.kernel import clock, settings
from corneille.kernel.outbox import list_due
from corneille.kernel.seal import unseal
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NEW = "panier-orage-kayak-27"


def last_code(kind: str) -> str:
    notice = [each for each in list_due(clock.now()) if each.code == kind][-1]
    return unseal(SEALED_CODE, str(notice.data["sealed_code"])).decode()


def add_verified(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post("/coordonnees-de-secours", {"address": "claire@example.org"})
    contact = list_contacts(teacher.id)[0].id
    browser.post("/coordonnees-de-secours/code", {"id": str(contact), "code": last_code("contact-code")})
    browser.post("/deconnexion", {})


def test_a_contact_is_added_verified_and_removed(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert browser.post("/coordonnees-de-secours", {"address": "claire@example.org"}).status_code == 302
    assert "attend son code" in text_of(browser.get("/coordonnees-de-secours"))
    contact = list_contacts(teacher.id)[0].id
    browser.post("/coordonnees-de-secours/code", {"id": str(contact), "code": "AAAA-AAAA"})
    assert "Ce n’est pas le code" in text_of(browser.get("/coordonnees-de-secours"))
    browser.post("/coordonnees-de-secours/code", {"id": str(contact), "code": last_code("contact-code").lower()})
    assert list_contacts(teacher.id)[0].is_verified
    browser.post("/coordonnees-de-secours/retirer", {"id": str(contact)})
    assert list_contacts(teacher.id) == []


@pytest.mark.parametrize(("days", "is_at_home"), [(31, True), (29, False)])
def test_where_a_contact_is_removed_is_kept_for_a_day_on_which_the_account_is_taken_over(
    browser: Browser, teacher: Person, days: int, is_at_home: bool
) -> None:
    add_verified(browser, teacher)
    browser.sign_in("clemoine")
    Device.objects.update(created_at=clock.now() - timedelta(days=days))
    browser.post("/coordonnees-de-secours/retirer", {"id": str(list_contacts(teacher.id)[0].id)})
    assert RecoveryContact.objects.get().is_dropped_at_home is is_at_home


@pytest.mark.parametrize("address", ["", "claire", "claire@ac-demonstration.test", "x" * 400])
def test_what_is_no_contact_is_said_beside_the_field(browser: Browser, teacher: Person, address: str) -> None:
    browser.sign_in("clemoine")
    page = browser.post("/coordonnees-de-secours", {"address": address})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in text_of(page)


def test_the_way_through_a_forgotten_password(browser: Browser, teacher: Person) -> None:
    add_verified(browser, teacher)
    assert "Mot de passe oublié" in text_of(browser.get("/connexion"))
    asked = browser.post("/mot-de-passe-oublie", {"identifier": "clemoine"})
    assert asked.headers["Location"] == "/mot-de-passe-oublie/code"
    answer_resets(clock.now())
    page = text_of(browser.post("/mot-de-passe-oublie/code", {"code": "AAAA-AAAA"}))
    assert "Ce n’est pas le code" in page
    assert "AUTH-" in page
    assert browser.post("/mot-de-passe-oublie/code", {"code": last_code("reset-code")}).status_code == 302
    refused = browser.post("/mot-de-passe-oublie/nouveau", {"new": "court", "again": "court"})
    assert "12 caractères" in text_of(refused)
    assert browser.post("/mot-de-passe-oublie/nouveau", {"new": NEW, "again": NEW}).status_code == 302
    browser.sign_in("clemoine", NEW)
    assert "Ce qui ouvre encore mon compte" in text_of(browser.get("/mot-de-passe/revue"))


def test_the_answer_is_the_same_for_nobody(browser: Browser, teacher: Person) -> None:
    def ask(identifier: str) -> tuple[int, str, int]:
        response = browser.post("/mot-de-passe-oublie", {"identifier": identifier})
        page = text_of(browser.get("/mot-de-passe-oublie/code"))
        return response.status_code, response.headers["Location"], len(page)

    assert ask("clemoine") == ask("nobody-at-all")


@pytest.mark.parametrize("path", ["/mot-de-passe-oublie/code", "/mot-de-passe-oublie/nouveau"])
def test_no_step_is_reached_without_the_one_before(browser: Browser, path: str) -> None:
    assert browser.get(path).headers["Location"] == "/mot-de-passe-oublie"
    assert browser.post(path, {"code": "AAAA-AAAA", "new": NEW, "again": NEW}).headers["Location"] == "/mot-de-passe-oublie"


def test_strength_is_told_to_who_chooses_a_password_and_to_nobody_else(browser: Browser, teacher: Person) -> None:
    assert browser.post("/mot-de-passe/force", {"new": NEW}).status_code == 404
    browser.sign_in("clemoine")
    assert json.loads(text_of(browser.post("/mot-de-passe/force", {"new": NEW})))["score"] == 4
    weak = json.loads(text_of(browser.post("/mot-de-passe/force", {"new": "clemoineclemoine"})))
    assert weak["faults"]
    assert PASSWORD not in str(weak)


def test_the_strength_is_told_so_often_in_a_minute_and_then_when_again(
    browser: Browser, teacher: Person, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, web={"strength_per_minute": 2})
    monkeypatch.setattr(strength, "asked", strength.Asked())
    browser.sign_in("clemoine")
    asked = [browser.post("/mot-de-passe/force", {"new": NEW}) for _ in range(3)]
    assert [each.status_code for each in asked] == [200, 200, 429]
    assert 1 <= int(asked[2].headers["Retry-After"]) <= 60
    assert "dans un instant" in json.loads(text_of(asked[2]))["words"]


def test_a_question_too_many_is_not_counted_and_the_next_minute_begins_with_none() -> None:
    asked = strength.Asked()
    assert [asked.count("claire", 2, at_s) for at_s in (0.0, 30.0, 40.0, 50.0)] == [0.0, 0.0, 20.0, 10.0]
    assert asked.count("paul", 2, 50.0) == 0.0
    assert asked.count("claire", 2, 60.0) == 0.0
    assert asked.count("claire", 2, 60.0) == 30.0
