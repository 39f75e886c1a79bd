"""What every answer tells the browser to refuse."""

import re

import pytest

from corneille.people.find import Person
from tests.doors.web.conftest import Browser, text_of

PAGES = ["/connexion", "/rien-ici", "/aide", "/accessibilite", "/etat-du-service", "/affichage"]


@pytest.mark.parametrize("path", [*PAGES, "/static/kit/theme.css"])
def test_every_answer_carries_the_policies(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_an_inline_script_or_style(browser: Browser, path: str) -> None:
    page = text_of(browser.get(path))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", page)


def test_pages_are_kept_by_no_cache_and_static_files_are(browser: Browser) -> None:
    assert browser.get("/connexion").headers["Cache-Control"] == "no-store"
    assert "max-age" in browser.get("/static/kit/theme.css").headers["Cache-Control"]


def test_a_page_of_ours_is_never_framed_and_an_unknown_address_helps(browser: Browser) -> None:
    response = browser.get("/rien-ici")
    assert response.status_code == 404
    assert "Il n’y a rien à cette adresse" in text_of(response)


@pytest.mark.parametrize(
    "path", ["/..%2f..%2fetc/passwd", "/static/../../corneille.sqlite3", "/static/%2e%2e/keys.json", "/a%00b", "/a%0d%0ab"]
)
def test_paths_that_climb_or_break_lines_find_nothing(browser: Browser, path: str) -> None:
    response = browser.get(path)
    assert response.status_code in {400, 404}
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "path", ["/langue", "/mes-connexions/fermer", "/mes-connexions/fermer-les-autres", "/configurer/revoquer"]
)
def test_what_changes_something_answers_only_to_forms(browser: Browser, path: str, teacher: Person) -> None:
    browser.sign_in("clemoine")
    response = browser.get(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert "ne reçoit que des formulaires" in text_of(response)


def test_the_sign_of_the_site_is_found_where_browsers_look(browser: Browser) -> None:
    response = browser.get("/favicon.ico")
    assert browser.get(response.headers["Location"]).headers["Content-Type"] == "image/svg+xml"
