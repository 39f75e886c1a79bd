"""Help where the question arises: each page and each cause offers one to three answers, and each of them is there."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from corneille.desk.article import list_shipped, pick_articles
from corneille.desk.cause import Cause
from corneille.doors.web.help.offer import CAUSES, PAGES, choose_offered
from corneille.people.find import Person
from tests.doors.web.conftest import Browser, text_of

MUST_OFFER = (
    "portal:sign_in", "portal:second_step", "portal:forgotten", "portal:activate", "portal:password", "portal:factors",
    "portal:contacts", "portal:programs", "portal:rights", "portal:activity", "portal:review", "portal:repair",
    "portal:kept", "portal:state", "mail:inbox", "mail:message", "mail:search", "mail:folders", "mail:compose",
    "groups:mine", "calendar:agenda", "calendar:calendars", "calendar:sharing", "security:mine", "support:mine",
    "support:ask", "sso:authorise", "help:begin", "help:symptoms",
)  # fmt: skip
OPEN = {
    "/connexion": "connexion/mot-de-passe-oublie", "/depannage": "connexion/se-connecter",
    "/depannage/cause/quota": "courrier/boite-pleine", "/depannage/cause/factor-lost": "connexion/telephone-perdu",
    "/mot-de-passe-oublie": "compte/coordonnees-de-secours", "/activer": "compte/activer",
}  # fmt: skip
SIGNED_IN = {
    "/second-facteur": "connexion/second-facteur", "/mot-de-passe": "connexion/choisir-un-mot-de-passe",
    "/configurer": "logiciels/mot-de-passe-application", "/courrier/ecrire": "securite/envoi-retenu",
    "/courrier/dossiers": "courrier/boite-pleine", "/courrier/supprimes": "courrier/supprime-par-erreur",
    "/classes": "courrier/classe", "/documents": "courrier/documents-en-lien", "/courrier/espace": "courrier/boite-pleine",
    "/signalements": "securite/hameconnage", "/agenda/": "agenda/partager",
    "/demandes/nouvelle": "compte/demande", "/listes": "courrier/listes", "/mes-droits": "compte/droits",
}  # fmt: skip


def _names(resolver: URLResolver, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            found.add(f"{prefix}{each.name}")
        else:
            found |= _names(each, f"{each.app_name}:" if each.app_name else prefix)
    return found


def test_every_page_named_is_a_page_and_those_where_questions_arise_are_named(teacher: Person) -> None:
    assert set(PAGES) <= _names(get_resolver())
    assert set(MUST_OFFER) <= set(PAGES)


def test_every_cause_offers_answers() -> None:
    assert set(CAUSES) == set(Cause)


@pytest.mark.parametrize("codes", sorted({*PAGES.values(), *CAUSES.values()}))
def test_one_to_three_answers_that_are_there(teacher: Person, codes: tuple[str, ...]) -> None:
    assert 1 <= len(set(codes)) == len(codes) <= 3
    assert [each.code for each in pick_articles(codes, {})] == list(codes)


def test_no_answer_is_offered_nowhere(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    beside_programs = set(re.findall(r'href="/aide/(logiciels/[a-z0-9-]+)"', text_of(browser.get("/configurer"))))
    offered = {code for codes in (*PAGES.values(), *CAUSES.values()) for code in codes}
    assert offered | beside_programs == set(list_shipped())


def test_a_cause_stands_before_its_page() -> None:
    assert choose_offered("help:symptoms", "quota") == CAUSES[Cause.QUOTA]
    assert choose_offered("help:symptoms", "") == PAGES["help:symptoms"]
    assert choose_offered("portal:home", "not-there") == ()


@pytest.mark.parametrize(("url", "code"), OPEN.items())
def test_a_page_shows_its_answers_to_a_stranger(browser: Browser, teacher: Person, url: str, code: str) -> None:
    assert f'href="/aide/{code}"' in _offered(text_of(browser.get(url)))


@pytest.mark.parametrize(("url", "code"), SIGNED_IN.items())
def test_a_page_shows_its_answers_to_its_person(browser: Browser, teacher: Person, url: str, code: str) -> None:
    browser.sign_in(teacher.identifier)
    assert f'href="/aide/{code}"' in _offered(text_of(browser.get(url)))


def test_a_page_without_questions_stays_as_it_is(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    assert 'class="offered"' not in text_of(browser.get("/"))


def _offered(page: str) -> str:
    return page.partition('class="offered"')[2].partition("</nav>")[0]
