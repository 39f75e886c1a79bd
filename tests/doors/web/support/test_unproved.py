"""« Demander de l'aide » without signing in, as pages: the same answer to everybody, marked at the desk."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from corneille.access.recovery_contact import import_contact
from corneille.kernel import clock, settings
from corneille.run.ground import Ground
from corneille.support.request import list_own
from corneille.support.unproved import file_unproved
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.support.school import Academie

PAGE = "/demandes/sans-connexion"
PHONE = "01\u00a023\u00a045\u00a067\u00a089"


@pytest.fixture
def reachable(ground: Ground) -> None:
    """Support says how it is reached."""
    settings.load(None, {}, ground={"data": str(ground.data)}, support_contact={"telephone": "01 23 45 67 89"})


def open_browser() -> Browser:
    """One without any cookie yet."""
    return Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))


def ask(browser: Browser, who: str, text: str = "Je ne peux plus entrer") -> HttpResponse:
    return browser.post(PAGE, {"who": who, "text": text, "cause": ""})


def test_known_and_unknown_are_answered_alike(academie: Academie, reachable: None) -> None:
    answers = []
    for who in (academie.claire.identifier, "personne", academie.claire.addresses[0], "AUTH-2222-2222", "é"):
        browser = open_browser()
        asked = ask(browser, who)
        shown = browser.get(asked.headers["Location"])
        answers.append((asked.status_code, asked.headers["Location"], asked.content, shown.status_code, text_of(shown)))
    first, *others = [(*each[:4], re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", each[4])) for each in answers]
    assert first[:2] == (302, f"{PAGE}?envoyee")
    assert "coordonnées de secours vérifiées" in first[4]
    assert PHONE in first[4]
    assert all(each == first for each in others)
    assert file_unproved(clock.now()) == 2  # the second joins the first


def test_the_form_holds_what_the_page_before_knew(academie: Academie) -> None:
    browser = open_browser()
    page = text_of(browser.post("/connexion", {"identifier": academie.claire.identifier, "secret": "non"}))
    found = re.search(r"AUTH-\w{4}-\w{4}", page)
    assert found is not None
    explained = text_of(browser.get(f"/depannage/{found[0]}"))
    link = re.search(rf'href="({PAGE}\?cause=[^"]*{found[0]})"', explained)
    assert link is not None
    form = text_of(browser.get(link[1].replace("&amp;", "&")))
    assert f'value="{found[0]}"' in form
    assert "Ce que je vois\u00a0: L’identifiant et le mot de passe" in form


@pytest.mark.parametrize("path", ["/depannage", "/depannage/cause/suspended", "/aide"])
def test_each_way_in_leads_there_without_signing_in(academie: Academie, path: str) -> None:
    assert PAGE in text_of(open_browser().get(path))


@pytest.mark.parametrize(("changed", "fault"), [({"who": ""}, "id_who-error"), ({"text": " "}, "id_text-error")])
def test_what_is_missing_is_said_and_what_was_written_stays(academie: Academie, changed: dict[str, str], fault: str) -> None:
    page = text_of(open_browser().post(PAGE, {"who": "gardé", "text": "gardé", "cause": "", **changed}))
    assert fault in page
    assert "gardé" in page


def test_who_is_signed_in_asks_as_themselves(academie: Academie, enter: Enter) -> None:
    answer = enter(academie.claire).get(f"{PAGE}?cause=suspended&reference=")
    assert answer.headers["Location"] == "/demandes/nouvelle?reference=&cause=suspended"


def test_too_often_from_one_network_is_told_with_the_telephone(academie: Academie, reachable: None) -> None:
    browser = open_browser()
    for _each in range(20):
        ask(browser, "personne")
    page = text_of(ask(browser, academie.claire.identifier))
    assert "De très nombreuses demandes" in page
    assert PHONE in page
    assert list_own(academie.claire.id) == []


@pytest.mark.parametrize("has_contact", [True, False])
def test_who_answers_reads_that_nobody_has_proved_to_be_anybody(
    academie: Academie, enter: Enter, has_contact: bool
) -> None:
    if has_contact:
        import_contact(academie.claire.id, "claire@example.org", clock.now(), actor="x")
    ask(open_browser(), academie.claire.identifier, "<b>Aidez-moi</b>")
    file_unproved(clock.now())
    number = list_own(academie.claire.id)[0].id
    agent = enter(academie.correspondent)
    assert "non connecté, identité non prouvée" in text_of(agent.get("/assistance"))
    page = text_of(agent.get(f"/assistance/demande/{number}"))
    assert "Non connecté, identité non prouvée." in page
    assert "Demandé sans connexion" in page
    assert "&lt;b&gt;Aidez-moi" in page
    assert ("part par courrier aux coordonnées" in page, "Joignez-la par son établissement" in page) == (
        has_contact, not has_contact
    )  # fmt: skip
    assert "Demandé sans connexion" in text_of(enter(academie.claire).get(f"/demandes/{number}"))
