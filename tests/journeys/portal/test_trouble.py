"""« Je n'arrive pas à me connecter », on a phone and wide, in both languages, without being signed in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from corneille.desk.cause import Cause
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
SignIn = Callable[..., None]


def test_a_refusal_leads_to_its_cause_and_the_cause_to_a_way_out(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, demonstration.person("aed", 2), wrong="ce n’est pas lui")
    page.get_by_role("link", name="Pourquoi, et que faire").click()
    expect(page.locator("h1")).to_contain_text("ne correspondent pas")
    assert_accessible(page)
    page.get_by_role("button", name="L’envoyer à mes coordonnées de secours").click()
    expect(page.locator(".alert--success")).to_contain_text("est en route")
    page.get_by_role("link", name="Choisir un nouveau mot de passe").click()
    expect(page).to_have_url(re.compile("/mot-de-passe-oublie$"))


@pytest.mark.parametrize(("viewport", "locale"), [(PHONE, "fr-FR"), (WIDE, "en-GB")], ids=["phone-fr", "wide-en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_few_questions_lead_to_the_cause(
    open_page: Open, demonstration: Demonstration, viewport: dict[str, int], locale: str, scripts: bool
) -> None:
    page = open_page(viewport=viewport, locale=locale, java_script_enabled=scripts).page
    page.goto("/connexion")
    page.locator("a[href='/depannage']").first.click()
    page.locator("a[href='/depannage/logiciel']").click()
    page.locator("a[href='/depannage/cause/soft-landing']").click()
    expect(page.locator(".ways a").first).to_have_attribute("href", "/mot-de-passe")


@pytest.mark.parametrize(
    ("viewport", "colour", "locale"), [(PHONE, "light", "fr-FR"), (PHONE, "dark", "en-GB"), (WIDE, "light", "en-GB")]
)
def test_every_page_of_it_is_accessible(
    open_page: Open, demonstration: Demonstration, viewport: dict[str, int], colour: str, locale: str
) -> None:
    watched = open_page(viewport=viewport, color_scheme=colour, locale=locale)
    pages = ("", "/portail", "/logiciel", "/telephone", "/navigateur", "/regles")
    for path in (*pages, *(f"/cause/{cause.value}" for cause in Cause)):
        watched.page.goto(f"/depannage{path}")
        assert_accessible(watched.page)
        watched.note_refused()


def test_the_browser_check_says_what_works(open_page: Open, demonstration: Demonstration) -> None:
    page = open_page(viewport=PHONE).page
    page.goto("/depannage/navigateur")
    for name in ("scripts", "version", "storage", "clock"):
        expect(page.locator(f"[data-check={name}]")).to_have_attribute("data-state", "on")
    page.goto("/depannage/navigateur?encore")
    expect(page.locator("[data-check=cookies]")).to_have_attribute("data-state", "on")


def test_a_clock_that_is_wrong_is_told_with_how_much(open_page: Open, demonstration: Demonstration) -> None:
    page = open_page().page
    page.clock.install(time="2030-01-01T00:00:00Z")
    page.goto("/depannage/navigateur")
    expect(page.locator("[data-check=clock]")).to_have_attribute("data-state", "off")
    expect(page.locator("[data-check=clock]")).to_contain_text("décalée de")
