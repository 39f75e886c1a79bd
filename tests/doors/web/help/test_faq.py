"""« Aide »: found by words, read by everybody, written by the rectorat's support, and nothing in it runs."""

import re
from datetime import date
from html import unescape

import pytest

from corneille.access.password import set_password
from corneille.desk.article import list_articles, list_shipped
from corneille.desk.article_search import search_articles
from corneille.desk.cause import Cause
from corneille.doors.web.help.faq import list_causes
from corneille.doors.web.help.offer import CAUSES
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.doors.web.conftest import PASSWORD, Browser, text_of

PAGE = "/aide/connexion/telephone-perdu"


@pytest.fixture
def officer(teacher: Person) -> Person:
    """Nadia, of the rectorat's support."""
    add_establishment(NewEstablishment(format_uai(760001), "Rectorat", "rectorat", "Rouen"))
    person = add_person(NewPerson(AccountType.SUPPORT, "Nadia", "Benali", clock.now()))
    set_password(person.id, PASSWORD, clock.now())
    add_assignment(person.id, format_uai(760001), "Assistance", date(2020, 9, 1))
    return person


def test_a_stranger_finds_an_answer_in_either_language(browser: Browser, teacher: Person) -> None:
    found = text_of(browser.get("/aide?q=perdu+feuille")).partition('id="found-title"')[2].partition("</section>")[0]
    assert PAGE in found
    page = text_of(browser.get(PAGE))
    assert "J’ai perdu ou changé de téléphone" in page
    assert '<a href="/second-facteur">Second facteur</a>' in page
    assert "I have lost or changed my phone" in text_of(browser.get(PAGE, **{"Accept-Language": "en"}))
    assert "Aucune réponse" in text_of(browser.get("/aide?q=xylophone"))


@pytest.mark.parametrize("code", sorted(list_shipped()))
def test_every_answer_opens_and_its_links_lead_somewhere(browser: Browser, teacher: Person, code: str) -> None:
    page = text_of(browser.get(f"/aide/{code}"))
    told = page.partition('class="card article"')[2].partition("</div>")[0]
    links = {part.partition('"')[0] for part in told.split('href="')[1:]}
    for link in links:
        assert browser.get(link).status_code in {200, 302}, link


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_of_auto_depannage_has_its_answer_in_both_languages(
    browser: Browser, teacher: Person, cause: Cause
) -> None:
    article = list_causes()[f"causes/{cause.value}"]
    assert article.french.title != article.english.title
    assert article.french.text != article.english.text
    assert min(len(article.french.text), len(article.english.text)) > 80, "why it is so, and what to do"
    for language, said in (("fr", article.french), ("en", article.english)):
        page = unescape(text_of(browser.get(f"/aide/causes/{cause.value}", **{"Accept-Language": language})))
        assert said.title in page
        found = search_articles(said.title, list_articles(list_causes()), language)
        assert article.code in [each.code for each in found[:3]], "its own words find it"
    assert 1 <= len([pick for pick in CAUSES[cause] if pick in list_shipped()]) <= 3, "and answers that go further"


def test_there_is_no_answer_for_a_cause_that_is_none(browser: Browser, teacher: Person) -> None:
    assert browser.get("/aide/causes/inconnue").status_code == 404


def test_every_program_of_the_settings_page_has_its_answer_in_both_languages(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    page = text_of(browser.get("/configurer"))
    steps = re.findall(r'<details class="details" name="programs">(.*?)</details>', page, re.S)
    assert len(steps) == 8
    codes = [re.findall(r'href="/aide/(logiciels/[a-z0-9-]+)"', each) for each in steps]
    assert all(len(each) == 1 for each in codes), "each leads to one answer"
    assert len({each[0] for each in codes}) == len(codes)
    for (code,) in codes:
        article = list_shipped()[code]
        assert article.french.text != article.english.text
        assert "/configurer" in article.french.text
        assert "/configurer" in article.english.text


def test_an_officer_writes_and_comes_back_to_what_was_before(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    assert f"{PAGE}/modifier" in text_of(browser.get(PAGE))
    told = {"french_title": "Téléphone", "french_text": "**Venez** <script>alert(1)</script> [ici](javascript:alert(1))",
            "english_title": "Phone", "english_text": "Come.", "version": "0"}  # fmt: skip
    assert browser.post(f"{PAGE}/modifier", told).headers["Location"] == PAGE
    page = text_of(browser.get(PAGE))
    assert "<strong>Venez</strong> &lt;script&gt;" in page
    assert 'href="javascript' not in page
    again = text_of(browser.post(f"{PAGE}/modifier", told))
    assert "entre-temps" in again  # the version that was read is no more the newest
    history = text_of(browser.get(f"{PAGE}/modifier?version=0"))
    assert "Nadia Benali" in history
    assert "J’ai perdu ou changé de téléphone" in history


def test_a_teacher_reads_and_does_not_write(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    assert "/modifier" not in text_of(browser.get(PAGE))
    assert browser.get(f"{PAGE}/modifier").status_code == 404
    assert browser.post(f"{PAGE}/modifier", {"version": "0"}).status_code == 404


def test_support_adds_a_question_that_was_not_shipped(browser: Browser, officer: Person) -> None:
    browser.sign_in(officer.identifier)
    assert "/aide/nouvelle-question" in text_of(browser.get("/aide"))
    told = {
        "topic": "courrier", "french_title": "Écrire à l’imprimerie", "french_text": "À imprimerie@.",
        "english_title": "Write to the printers", "english_text": "To imprimerie@.",
    }  # fmt: skip
    answer = browser.post("/aide/nouvelle-question", told)
    assert answer.headers["Location"] == "/aide/courrier/ecrire-a-l-imprimerie"
    assert browser.post("/aide/nouvelle-question", told).headers["Location"] == "/aide/courrier/ecrire-a-l-imprimerie-2"
    assert "À imprimerie@." in text_of(browser.get("/aide/courrier/ecrire-a-l-imprimerie"))
    found = text_of(browser.get("/aide?q=imprimerie")).partition('id="found-title"')[2]
    assert "Écrire à l’imprimerie" in found
    page = text_of(browser.get("/aide/courrier/ecrire-a-l-imprimerie/modifier"))
    assert "version=0" not in page, "there is none as it was shipped"
    wrong = text_of(browser.post("/aide/nouvelle-question", {**told, "topic": "causes"}))
    assert "errorlist" in wrong or 'aria-invalid="true"' in wrong


def test_nobody_else_adds_one(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    assert "/aide/nouvelle-question" not in text_of(browser.get("/aide"))
    assert browser.get("/aide/nouvelle-question").status_code == 404
