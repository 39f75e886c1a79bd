"""« Journal de mon compte » and the export: one's own, all of it, and nobody else's."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import corneille
from corneille.access.app_password import create_app_password
from corneille.access.device import list_devices
from corneille.access.password import set_password
from corneille.doors.web.portal.register_words import ACTIONS
from corneille.kernel import clock, journal
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NOW = datetime(2026, 9, 1, tzinfo=UTC)
OF_THE_MACHINE = {
    "attempts", "charter-published", "service-added", "service-closed", "client-added", "client-changed",
    "client-closed", "signing-key-made", "disruption-announced", "disruption-said", "disruption-ended",
    "article-written",
}  # fmt: skip
"""Lines that concern nobody in particular are on no page."""


def written_actions() -> set[str]:
    found = set()
    for source in Path(corneille.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.append":
                first = node.args[0]
                found |= {str(first.value)} if isinstance(first, ast.Constant) else set()
    return found


def test_every_action_that_the_code_writes_has_words() -> None:
    assert "app-password-created" in written_actions()
    assert written_actions() - OF_THE_MACHINE <= set(ACTIONS)


def test_what_i_did_and_what_others_did_is_told_apart(browser: Browser, teacher: Person) -> None:
    support = add_person(NewPerson(AccountType.SUPPORT, "Nadia", "Benali", now=NOW))
    create_app_password(teacher.id, "Thunderbird à la maison", frozenset({"imap"}), clock.now())
    nadia, told = journal.name_actor(support.id), {"label": "vieux"}
    journal.append("app-password-revoked", actor=nadia, subject=teacher.id, data=told, now=clock.now())
    browser.sign_in("clemoine")
    page = text_of(browser.get("/mes-connexions/journal"))
    assert "Thunderbird à la maison" in page
    assert "Nadia Benali" in page
    page = text_of(browser.get("/mes-connexions/journal?autres"))
    assert "Thunderbird à la maison" not in page
    assert "Nadia Benali" in page


def test_a_day_is_written_as_people_write_days(browser: Browser, teacher: Person) -> None:
    told: dict[str, journal.Value] = {"label": "Mon agenda", "until": "2026-12-01"}
    journal.append("calendar-shared", actor="cli", subject=teacher.id, data=told, now=clock.now())
    browser.sign_in("clemoine")
    assert "dernier jour\xa0: 1er\xa0décembre\xa02026" in text_of(browser.get("/mes-connexions/journal"))


def test_what_is_written_about_somebody_else_is_not_mine(browser: Browser, teacher: Person) -> None:
    other = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=NOW))
    create_app_password(other.id, "secret label", frozenset({"imap"}), clock.now())
    browser.sign_in("clemoine")
    assert "secret label" not in text_of(browser.get("/mes-connexions/journal"))
    assert "secret label" not in text_of(browser.get("/mes-connexions/export.json"))


def test_the_export_has_everything_and_no_secret(browser: Browser, teacher: Person) -> None:
    _id, secret = create_app_password(teacher.id, "mon téléphone", frozenset({"imap"}), clock.now())
    browser.sign_in("clemoine")
    told = json.loads(text_of(browser.get("/mes-connexions/export.json")))
    assert set(told) == {"attempts", "sessions", "devices", "app_passwords", "journal", "services"}
    assert told["attempts"][0]["decision"] == "granted"
    assert told["app_passwords"][0]["label"] == "mon téléphone"
    assert told["journal"][0]["action"] == "app-password-created"
    assert secret not in json.dumps(told)


def test_a_program_that_calls_itself_a_formula_is_text_in_the_table(browser: Browser, teacher: Person) -> None:
    browser.post("/connexion", {"identifier": "clemoine", "secret": "non"}, agent="=HYPERLINK(Firefox)")
    browser.sign_in("clemoine")
    table = text_of(browser.get("/mes-connexions/export.csv"))
    assert "\n=" not in table
    assert ";=" not in table


def test_there_is_no_third_form(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert browser.get("/mes-connexions/export.xml").status_code == 404


def test_a_forgotten_device_is_one_like_any_other(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    device = list_devices(teacher.id, clock.now(), current=None)[0]
    assert "Appareils connus" in text_of(browser.get("/mes-connexions"))
    assert browser.post("/mes-connexions/oublier", {"id": str(device.id)}).status_code == 302
    assert list_devices(teacher.id, clock.now(), current=None) == []
    assert "Un appareil connu a été oublié" in text_of(browser.get("/mes-connexions/journal"))


@pytest.mark.parametrize("page", ["/mes-connexions/journal", "/mes-connexions/export.json", "/mes-connexions/export.csv"])
def test_a_stranger_is_sent_to_sign_in(browser: Browser, page: str) -> None:
    assert browser.get(page).status_code == 302


def test_nobody_forgets_somebody_elses_device(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    device = list_devices(teacher.id, clock.now(), current=None)[0]
    other = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=NOW))
    set_password(other.id, PASSWORD, NOW)
    browser.post("/deconnexion", {})
    browser.sign_in(other.identifier)
    assert browser.post("/mes-connexions/oublier", {"id": str(device.id)}).status_code == 404
    assert len(list_devices(teacher.id, clock.now(), current=None)) == 1
