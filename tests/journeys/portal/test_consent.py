"""A mail program asks to be let in: its owner reads what it wants, and allows or refuses; Thunderbird does so by itself."""

import re
import secrets
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from playwright.sync_api import Route, expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

BACK = "http://localhost:52001"


def make_address(**more: str) -> str:
    """Where the program sends the browser."""
    asked = {
        "response_type": "code", "client_id": "thunderbird", "redirect_uri": BACK, "scope": "openid mail", "state": "etat",
        "code_challenge": create_s256_code_challenge(secrets.token_urlsafe(48)), "code_challenge_method": "S256", **more,
    }  # fmt: skip
    return f"/oidc/authorize?{urlencode(asked)}"


def listen(watched: Watched) -> list[dict[str, str]]:
    """The program on the same machine: it takes what comes back."""
    heard: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        heard.append(dict(parse_qsl(urlsplit(route.request.url).query)))
        route.fulfill(content_type="text/html", body="<!doctype html><title>Thunderbird</title><h1>Thunderbird</h1>")

    watched.page.route(f"{BACK}/**", answer)
    return heard


@pytest.mark.parametrize(
    ("viewport", "locale", "colour", "number"),
    [(PHONE, "fr-FR", "light", 8), (PHONE, "en-GB", "dark", 9), (WIDE, "fr-FR", "dark", 8), (WIDE, "en-GB", "light", 9)],
    ids=["phone-fr", "phone-en", "wide-fr", "wide-en"],
)
def test_who_is_asked_signs_in_reads_refuses_then_allows_and_takes_it_back(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, colour: str, number: int,
) -> None:  # fmt: skip
    person = demonstration.person("enseignant", number)
    watched = open_page(viewport=viewport, locale=locale, color_scheme=colour)
    page, heard = watched.page, listen(watched)
    page.goto(make_address())
    expect(page).to_have_url(re.compile("/connexion"))
    sign_in(watched, person)
    expect(page.locator("h1")).to_have_text(re.compile("Autoriser Thunderbird|Let Thunderbird in"))
    expect(page.locator("main")).to_contain_text(person.address)
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^(Refuser|Refuse)$")).click()
    expect(page.locator("h1")).to_have_text("Thunderbird")
    assert heard.pop()["error"] == "access_denied"
    page.goto(make_address())
    page.get_by_role("button", name=re.compile("^(Autoriser|Allow)$")).click()
    expect(page.locator("h1")).to_have_text("Thunderbird")
    assert {"code", "state", "iss"} <= heard.pop().keys()
    page.goto(make_address(scope="openid"))  # a program that wants no mail says so
    expect(page.locator("h1")).to_have_text(re.compile("Autoriser Thunderbird|Let Thunderbird in"))
    expect(page.locator("main")).not_to_contain_text(re.compile("180"))
    assert_accessible(page)


def test_a_request_that_is_wrong_leads_nowhere(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    watched.expected_status = {400}
    heard = listen(watched)
    sign_in(watched, demonstration.person("enseignant", 8))
    watched.page.goto(make_address(redirect_uri="http://voleur.example"))
    expect(watched.page.locator("h1")).to_contain_text("n’a pas été comprise")
    assert_accessible(watched.page)
    assert heard == []
