"""Auto-dépannage as pages: nothing that helps a stranger, everything for the owner."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest

from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.models import SignInAttempt
from corneille.access.right import Right
from corneille.access.rights import decide_right
from corneille.desk.cause import Cause
from corneille.desk.diagnose import send_cause
from corneille.kernel import clock, settings
from corneille.kernel.outbox import list_due
from corneille.notices.words import format_words
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import decide_state, set_state
from corneille.run.ground import Ground
from tests.doors.web.conftest import PASSWORD, Browser, text_of


@pytest.fixture
def reachable(ground: Ground) -> None:
    """Support says how it is reached."""
    contact = {
        "telephone": "01 23 45 67 89", "address": "assistance@ac-demonstration.test", "hours_french": "du lundi au vendredi"
    }  # fmt: skip
    settings.load(None, {}, ground={"data": str(ground.data)}, support_contact=contact)


def refuse(browser: Browser, secret: str = "non") -> str:
    page = text_of(browser.post("/connexion", {"identifier": "clemoine", "secret": secret}))
    found = re.search(r"AUTH-\w{4}-\w{4}", page)
    assert found is not None
    return found[0]


def test_the_refusal_on_the_page_leads_to_its_explanation(browser: Browser, teacher: Person) -> None:
    page = text_of(browser.post("/connexion", {"identifier": "clemoine", "secret": "non"}))
    link = re.search(r'href="(/depannage/AUTH-\w{4}-\w{4})"', page)
    assert link is not None
    assert "ne correspondent pas" in text_of(browser.get(link[1]))


def test_a_reference_is_taken_as_people_type_it(browser: Browser, teacher: Person) -> None:
    reference = refuse(browser)
    typed = reference.lower().replace("-", " ")
    response = browser.get(f"/depannage?reference={typed.replace(' ', '+')}")
    assert response.headers["Location"] == f"/depannage/{reference}"


@pytest.mark.parametrize("typed", ["bonjour", "AUTH-1111", "x" * 500, "<script>"])
def test_what_is_no_reference_is_said_to_be_none(browser: Browser, teacher: Person, typed: str) -> None:
    page = browser.get("/depannage?reference=" + typed.replace("<", "%3C"))
    assert "Ce n’est pas une référence" in text_of(page)
    assert "<script>" not in text_of(page).replace('<script type="module"', "")


def test_a_reference_that_nobody_was_given_is_not_found(browser: Browser, teacher: Person) -> None:
    assert browser.get("/depannage/AUTH-2222-2222").status_code == 404


def test_a_stranger_with_the_reference_reads_what_anybody_was_told(browser: Browser, teacher: Person) -> None:
    set_state(teacher.id, AccountState.SUSPENDED)
    reference = refuse(browser)
    page = text_of(browser.get(f"/depannage/{reference}"))
    assert "ne correspondent pas" in page
    assert "suspendu" not in page
    assert "192.0.2.17" not in page


def test_the_owner_on_a_known_device_reads_the_exact_cause(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post("/deconnexion", {})
    set_state(teacher.id, AccountState.SUSPENDED)
    reference = refuse(browser, PASSWORD)
    page = text_of(browser.get(f"/depannage/{reference}"))
    assert "Le compte est suspendu" in page
    assert "192.0.2.17" in page


def test_the_owner_reads_who_decided_why_and_until_when(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post("/deconnexion", {})
    today = clock.now().date()
    decide_right(
        f"account/{teacher.id}", Right.PORTAL, is_allowed=False, networks="", reason="Poste partagé", by="Nadia Benali",
        from_on=today, until_on=date(2099, 6, 30), now=clock.now(),
    )  # fmt: skip
    page = text_of(browser.get(f"/depannage/{refuse(browser, PASSWORD)}"))
    assert "Poste partagé" in page
    assert "Nadia Benali" in page
    assert "30\u00a0juin\u00a02099" in page
    assert 'href="/mes-droits"' not in page, "nobody comes in to that page, whom the portal refuses"


def suspend_in_state(teacher: Person) -> None:
    now = clock.now()
    decide_state(teacher.id, AccountState.SUSPENDED, now, by="Nadia Benali", reason="enquête en cours", actor="cli")


def suspend_by_name(teacher: Person) -> None:
    contain(teacher.id, Containment.SUSPEND, "enquête en cours", {}, clock.now(), by="Nadia Benali")


def take_the_portal(teacher: Person) -> None:
    now = clock.now()
    decide_right(
        f"account/{teacher.id}", Right.PORTAL, is_allowed=False, networks="", reason="enquête en cours", by="Nadia Benali",
        from_on=now.date(), until_on=None, now=now,
    )  # fmt: skip


RULINGS = [suspend_in_state, suspend_by_name, take_the_portal]


@pytest.mark.parametrize("decide", RULINGS)
def test_the_right_password_on_any_device_reads_who_decided_why_and_how_to_answer(
    browser: Browser, teacher: Person, decide: Callable[[Person], None], reachable: None
) -> None:
    """In the refusal itself, and for a day on the page of its reference; a wrong password reads nothing."""
    decide(teacher)
    refused = text_of(browser.post("/connexion", {"identifier": "clemoine", "secret": PASSWORD}))
    found = re.search(r"AUTH-\w{4}-\w{4}", refused)
    assert found is not None
    for page in (refused, text_of(browser.get(f"/depannage/{found[0]}"))):
        assert "enquête en cours" in page
        assert "Nadia Benali" in page
        assert "sans date de fin" in page
        assert 'href="tel:0123456789"' in page
        assert 'href="mailto:assistance@ac-demonstration.test"' in page
        assert "du lundi au vendredi" in page
    assert "192.0.2.17" not in text_of(browser.get(f"/depannage/{found[0]}"))
    SignInAttempt.objects.update(at=clock.now() - timedelta(days=2))
    assert "Nadia Benali" not in text_of(browser.get(f"/depannage/{found[0]}"))
    wrong = text_of(browser.post("/connexion", {"identifier": "clemoine", "secret": "non"}))
    assert "Nadia Benali" not in wrong


@pytest.mark.parametrize("decide", RULINGS)
def test_the_recovery_contacts_are_sent_who_decided_why_and_how_to_answer(
    browser: Browser, teacher: Person, decide: Callable[[Person], None], reachable: None
) -> None:
    decide(teacher)
    browser.post("/depannage/envoyer", {"reference": refuse(browser, PASSWORD)})
    told = next(notice for notice in list_due(clock.now()) if notice.code == "cause")
    text = format_words("cause", told.data, "fr").text
    assert "Décidé par Nadia Benali\u00a0: enquête en cours. Aucune date de fin n’est fixée." in text
    assert "01 23 45 67 89, assistance@ac-demonstration.test (du lundi au vendredi)" in text
    assert "  " not in text


def test_a_recovery_contact_reads_the_last_day_too_and_a_cause_that_nobody_decided_names_nobody() -> None:
    at = "2026-09-01T08:00:00+00:00"
    told = {"name": "Nadia Benali", "reason": "stage", "until_on": "2099-06-30", "reference": "AUTH-2222-2222", "at": at}
    assert "Dernier jour\u00a0: 30 juin 2099." in format_words("cause", told, "fr").text
    nobody = format_words("cause", {"cause": "wrong", "reference": "AUTH-2222-2222", "at": at}, "fr").text
    assert nobody.startswith("Le 1er septembre 2026. La page ci-dessous")


def test_where_no_contact_of_support_is_set_the_page_says_who_knows(browser: Browser, teacher: Person) -> None:
    assert "Votre établissement vous dit comment joindre l’assistance" in text_of(browser.get("/depannage/cause/suspended"))


def test_the_exact_cause_can_be_sent_to_the_owner_and_the_asker_learns_nothing(browser: Browser, teacher: Person) -> None:
    set_state(teacher.id, AccountState.SUSPENDED)
    reference = refuse(browser)
    known = browser.post("/depannage/envoyer", {"reference": reference})
    unknown = browser.post("/depannage/envoyer", {"reference": "AUTH-2222-2222"})
    assert (known.status_code, unknown.status_code) == (302, 302)
    told = [notice for notice in list_due(clock.now()) if notice.code == "cause"]
    assert [notice.data["cause"] for notice in told] == ["suspended"]


def test_a_stranger_who_fails_again_and_again_sends_one_mail_an_hour(browser: Browser, teacher: Person) -> None:
    set_state(teacher.id, AccountState.SUSPENDED)
    begun = clock.now().replace(minute=1)
    references = [refuse(browser, f"non {number}") for number in range(3)]
    for reference, minutes in ((references[0], 0), (references[1], 5), (references[2], 57), (references[2], 60)):
        send_cause(reference, begun + timedelta(minutes=minutes))
    told = [notice for notice in list_due(begun + timedelta(days=1)) if notice.code == "cause"]
    assert [notice.data["reference"] for notice in told] == [references[0], references[2]]


@pytest.mark.parametrize("place", ["portail", "logiciel", "telephone"])
def test_the_questions_lead_to_causes_without_signing_in(browser: Browser, teacher: Person, place: str) -> None:
    page = text_of(browser.get(f"/depannage/{place}"))
    links = re.findall(r'href="(/depannage/cause/[a-z-]+)"', page)
    assert len(links) > 5
    for link in links:
        assert browser.get(link).status_code == 200


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_its_page(browser: Browser, teacher: Person, cause: Cause) -> None:
    page = text_of(browser.get(f"/depannage/cause/{cause.value}"))
    assert 'class="ways"' in page


@pytest.mark.parametrize("path", ["/depannage/cause/nothing", "/depannage/nulle-part", "/depannage/cause/../../etc"])
def test_what_is_not_there_is_not_found(browser: Browser, teacher: Person, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_who_is_signed_in_reads_what_stands_in_their_way_now(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert "rien ne gêne votre compte" in text_of(browser.get("/depannage"))


def test_the_browser_check_says_what_it_can_without_scripts(browser: Browser, teacher: Person) -> None:
    first = text_of(browser.get("/depannage/navigateur"))
    assert "Firefox sous Windows" in first
    assert "rechargez cette page" in first
    assert "Les cookies fonctionnent" in text_of(browser.get("/depannage/navigateur?encore"))


def test_the_rules_of_access_are_those_that_are_set(browser: Browser, teacher: Person, ground: Ground) -> None:
    shipped = unescape(text_of(browser.get("/depannage/regles")))
    assert "Après 5 mots de passe erronés différents" in shipped
    assert "1, 2, 5, 15, 30 minutes" in shipped
    assert "Obligatoire pour personne" in shipped
    settings.load(
        None, {}, ground={"data": str(ground.data)}, access={"slow_after_count": 7, "main_password_for_mail": False},
        passwords={"renewal_months": ("all=6",)}, factors={"compulsory": ("support=2027-01-04",)},
        burst={"limits": ("15=900",)}, unusual={"announce_after_h": 48},
    )  # fmt: skip
    changed = unescape(text_of(browser.get("/depannage/regles")))
    assert "Après 7 mots de passe erronés différents" in changed
    assert "à changer après 6 mois" in changed
    assert "4\u00a0janvier\u00a02027" in changed
    assert "un mot de passe d’application seulement" in changed
    assert "Plus de 900 destinataires en 15 min" in changed
    assert "retenus depuis 48 heures" in changed


def test_who_is_signed_in_reads_which_right_is_missing_and_who_decided(browser: Browser, teacher: Person) -> None:
    today = clock.now().date()
    decide_right(
        f"account/{teacher.id}", Right.SENDING, is_allowed=False, networks="", reason="Envoi en nombre",
        by="Nadia Belkacem", from_on=today, until_on=today + timedelta(days=3), now=clock.now(),
    )  # fmt: skip
    browser.sign_in("clemoine")
    page = text_of(browser.get("/depannage"))
    assert "rien ne gêne" not in page
    for said in ("Envoi en nombre", "Nadia Belkacem", "envoi"):
        assert said in page
