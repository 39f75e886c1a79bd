"""Language and display."""

import pytest

from corneille.doors.web import cookies
from corneille.people.find import Person, find_person
from tests.doors.web.conftest import Browser, text_of


def test_french_is_spoken_to_those_who_ask_for_nothing_known(browser: Browser) -> None:
    page = text_of(browser.get("/connexion", **{"Accept-Language": "de"}))
    assert '<html lang="fr"' in page
    assert "Se connecter" in page


def test_english_is_spoken_to_those_whose_browser_asks_for_it(browser: Browser) -> None:
    response = browser.get("/connexion", **{"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="en"' in text_of(response)
    assert "Sign in" in text_of(response)
    assert response.headers["Content-Language"] == "en"


def test_the_chosen_language_wins_and_stays_with_the_account(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    response = browser.post("/langue", {"language": "en", "next": "/mes-connexions"})
    assert response.headers["Location"] == "/mes-connexions"
    assert "My sign-ins" in text_of(browser.get("/mes-connexions"))
    changed = find_person(teacher.id)
    assert changed is not None
    assert changed.language == "en"


@pytest.mark.parametrize("language", ["", "de", "en\r\nX: y", "../fr"])
def test_an_unknown_language_changes_nothing(browser: Browser, language: str) -> None:
    response = browser.post("/langue", {"language": language})
    assert response.status_code == 400
    assert cookies.LANGUAGE_COOKIE not in response.cookies


def test_the_display_is_remembered_and_shown(browser: Browser) -> None:
    chosen = {"theme": "dark", "contrast": "more", "density": "compact"}
    assert browser.post("/affichage", chosen).status_code == 302
    page = text_of(browser.get("/affichage"))
    assert 'data-theme="dark" data-contrast="more" data-density="compact"' in page


@pytest.mark.parametrize("cookie", ["dark", "x.y.z.t", '"><script>.more.compact', "." * 5000])
def test_a_cookie_that_somebody_wrote_counts_as_no_choice(browser: Browser, cookie: str) -> None:
    browser.client.cookies[cookies.DISPLAY_COOKIE] = cookie
    page = text_of(browser.get("/affichage"))
    assert "<script>.more" not in page
    assert 'data-density="comfortable"' in page or 'data-density="compact"' in page
