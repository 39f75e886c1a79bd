"""« Ce n'était pas moi » and « Réparer mon compte » as pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from corneille.access.announced import announce_suspension, find_announced
from corneille.access.app_password import create_app_password, list_app_passwords
from corneille.access.containment import GUARD, contain, find_step
from corneille.access.factor import make_sheet
from corneille.access.facts import Containment
from corneille.access.not_me import make_link
from corneille.access.passkey import add_passkey, offer_passkey
from corneille.access.password import set_password
from corneille.access.reason import Restriction
from corneille.access.unusual import Assessment, Found, Sign
from corneille.access.unusual_sign_in import Origin, note_unusual
from corneille.documents.share import NewDocument, list_documents, share
from corneille.doors.web.steps import _is_open
from corneille.kernel import clock
from corneille.kernel.today import today
from corneille.people.find import Person
from corneille.transport.held import is_sending_held
from tests.access.authenticator import Authenticator
from tests.doors.causes.cases import find_options
from tests.doors.web.conftest import ORIGIN, PASSWORD, Browser, text_of

REFERENCE = "AUTH-7F3K-92MX"
NEW = "panier-orage-kayak-27"


def test_the_link_shows_and_only_its_button_acts(browser: Browser, teacher: Person) -> None:
    link = make_link(teacher.id, clock.now())
    assert "Un geste" in text_of(browser.get(link))
    assert find_step(teacher.id) is Containment.NONE, "a mail scanner that follows links does nothing"
    assert "Le compte est protégé" in text_of(browser.post(link, {}))
    assert find_step(teacher.id) is Containment.HOLD_SENDING


def test_a_link_that_is_no_longer_good_says_so_and_what_to_do(browser: Browser, teacher: Person) -> None:
    link = make_link(teacher.id, clock.now())
    set_password(teacher.id, NEW, clock.now())
    assert "Ce lien ne vaut plus" in text_of(browser.get(link))
    assert "Ce lien ne vaut plus" in text_of(browser.post(link, {}))
    assert find_step(teacher.id) is Containment.NONE


def test_the_repair_ends_with_a_new_password_and_not_before(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    contain(teacher.id, Containment.HOLD_SENDING, "burst", {"count": 900, "minutes": 1}, clock.now(), by="guard")
    assert "Vos envois sont retenus" in text_of(browser.get("/"))
    page = text_of(browser.get("/reparer"))
    assert "900" in page
    assert "énormément de destinataires" in page
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.HOLD_SENDING
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.NONE
    assert "Vos envois sont retenus" not in text_of(browser.get("/"))


def test_what_was_shared_by_a_link_is_listed_and_ended_from_there(browser: Browser, teacher: Person) -> None:
    now = clock.now()
    share(teacher.id, "a" * 32, [NewDocument("faux-sujet.pdf", b"%PDF")], today(now), now)
    browser.sign_in("clemoine")
    contain(teacher.id, Containment.HOLD_SENDING, "burst", {"count": 900, "minutes": 1}, now, by="guard")
    page = text_of(browser.get("/reparer"))
    assert "Un document a été partagé par un lien" in page
    assert "faux-sujet.pdf" in page
    number = re.findall(r'name="id" value="(\d+)"', page)[0]
    browser.post("/documents/terminer", {"id": number})
    assert list_documents(teacher.id, now)[0].is_over
    assert "faux-sujet.pdf" not in text_of(browser.get("/reparer"))


def test_the_old_password_alone_repairs_nothing_where_somebody_else_may_have_it(
    browser: Browser, teacher: Person, unusual: str
) -> None:
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    assert "sans rien de plus que l’ancien" in text_of(browser.get("/reparer"))
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.ASK_FACTOR


def test_who_repairs_by_passkey_is_told_why_the_present_password_opens_nothing(browser: Browser, teacher: Person) -> None:
    key, long_ago = Authenticator(ORIGIN), clock.now() - timedelta(days=8)
    options = offer_passkey(ORIGIN, teacher.id, "clemoine", "Claire Lemoine", long_ago)
    assert options is not None
    add_passkey(ORIGIN, teacher.id, key.create(options), "", long_ago)
    contain(teacher.id, Containment.SUSPEND, "unusual", {}, clock.now(), by=GUARD)
    asked = find_options(text_of(browser.get("/connexion")))
    browser.post("/connexion/cle", {"answer": key.get(asked)})
    page = text_of(browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW}))
    assert "suspendu jusqu’à ce que vous le répariez" in page
    assert "ne correspond pas" not in page


def test_what_left_in_ones_name_since_yesterday_is_shown(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    now = clock.now()
    for hours, count in ((30, 7), (2, 41), (1, 1)):
        is_sending_held(teacher.id, count, now - timedelta(hours=hours))
    contain(teacher.id, Containment.HOLD_SENDING, "asked", {}, now, by="guard")
    page = text_of(browser.get("/reparer"))
    assert page.index(": 1 destinataire<") < page.index(": 41 destinataires<"), "the latest first"
    assert ": 7 destinataires" not in page, "longer ago than yesterday"


def test_what_an_officer_announced_is_not_undone_by_its_person_who_reads_who_why_and_how_to_answer(
    browser: Browser, teacher: Person
) -> None:
    browser.sign_in("clemoine")
    now = clock.now()
    announce_suspension(teacher.id, now + timedelta(days=2), "enquête", {}, now, by="Nadia Benali")
    page = text_of(browser.get("/reparer"))
    assert "enquête · Nadia Benali" in page
    assert "comment joindre l’assistance" in page
    assert "J’ai fini" not in page, "no button that does nothing"
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    assert "Un responsable l’a décidé" in text_of(browser.get(browser.post("/reparer", {}).headers["Location"]))
    announced = find_announced(teacher.id)
    assert announced is not None
    assert announced.at == now + timedelta(days=2)


def test_what_the_guard_suspended_is_repaired_and_nothing_else_opens_before(browser: Browser, teacher: Person) -> None:
    code = make_sheet(teacher.id, "recovery-code", clock.now() - timedelta(days=8))[0]
    theirs, _secret = create_app_password(teacher.id, "?", frozenset({"imap"}), clock.now())
    contain(teacher.id, Containment.SUSPEND, "unusual", {}, clock.now(), by=GUARD)
    refused = text_of(browser.sign_in("clemoine"))
    assert "Ce compte est suspendu jusqu’à ce que vous le répariez" in refused
    browser.post("/mot-de-passe-oublie", {"identifier": "clemoine"})
    browser.post("/mot-de-passe-oublie/code", {"code": code})
    done = browser.post("/mot-de-passe-oublie/nouveau", {"new": NEW, "again": NEW})
    assert done.headers["Location"] == "/connexion?next=/reparer"
    assert browser.sign_in("clemoine", NEW, next="/reparer").headers["Location"] == "/reparer"
    for path in ("/", "/courrier/", "/agenda/", "/configurer", "/mes-donnees"):
        assert browser.get(path).headers["Location"] == "/reparer", path
    for path in ("/reparer", "/mot-de-passe", "/mot-de-passe/revue", "/second-facteur", "/coordonnees-de-secours"):
        assert browser.get(path).status_code == 200, path
    assert "jusqu’à ce que vous ayez terminé ici" in text_of(browser.get("/reparer"))
    announce_suspension(teacher.id, clock.now() + timedelta(days=2), "enquête", {}, clock.now(), by="Nadia Benali")
    answer = re.search(r'href="(/demandes/[^"]+)">Répondre par écrit', text_of(browser.get("/reparer")))
    assert answer is not None
    assert browser.get(answer[1]).status_code == 200
    browser.post("/configurer/revoquer", {"id": str(theirs)})
    assert list_app_passwords(teacher.id) == []
    assert browser.get("/etat-du-service/annoncer").headers["Location"] == "/reparer"
    assert browser.get("/mes-connexions").status_code == 200
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.NONE
    assert browser.get("/").status_code == 200


@pytest.fixture
def unusual(browser: Browser, teacher: Person) -> str:
    """A first mail program that the guard has told the teacher of, who is signed in."""
    browser.sign_in("clemoine")
    now = clock.now()
    found = Assessment((Found(Sign.FIRST_PROGRAM, 60),), score=60, is_told=True, step=Containment.ASK_FACTOR)
    told = note_unusual(teacher.id, Origin(REFERENCE, now, "203.0.113.9", "", ""), found)
    assert told is not None
    contain(teacher.id, Containment.ASK_FACTOR, "unusual", told, now, by=GUARD)
    return REFERENCE


def test_it_was_me_is_one_button_and_frees_the_account(browser: Browser, teacher: Person, unusual: str) -> None:
    page = text_of(browser.get("/reparer"))
    assert "Était-ce vous" in page
    assert "un logiciel de messagerie pour la première fois, depuis un réseau inconnu (203.0.113.9)" in page
    browser.post("/reparer/c-etait-moi", {"reference": unusual})
    assert find_step(teacher.id) is Containment.NONE
    assert "Était-ce vous" not in text_of(browser.get("/reparer"))


def test_an_announced_suspension_says_when_and_the_repair_stops_it(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    now = clock.now()
    announce_suspension(teacher.id, now + timedelta(days=2), "unusual", {}, now, by=GUARD)
    assert "Votre compte sera suspendu le" in text_of(browser.get("/"))
    assert "suspension annoncée" in text_of(browser.get("/reparer"))
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    browser.post("/reparer", {})
    assert find_announced(teacher.id) is None
    assert "Votre compte sera suspendu le" not in text_of(browser.get("/"))


def test_ending_a_link_is_an_act_of_the_repair_that_comes_first() -> None:
    assert _is_open(reverse("documents:end"), Restriction.REPAIR_FIRST, "portal:repair")
    assert not _is_open(reverse("documents:mine"), Restriction.REPAIR_FIRST, "portal:repair")
