"""A teacher opens another service from the home page without a second password; it posts a notice; they sign out of both."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


@pytest.mark.parametrize(
    ("viewport", "locale", "number", "scripts"),
    [(PHONE, "fr-FR", 13, True), (WIDE, "en-GB", 14, False)],
    ids=["phone-fr", "wide-en-no-scripts"],
)
def test_a_service_opens_from_the_home_page_and_posts_a_notice(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, number: int, scripts: bool,
) -> None:  # fmt: skip
    person = demonstration.person("enseignant", number)
    mina = demonstration.told["services"][0]
    watched = open_page(viewport=viewport, locale=locale, java_script_enabled=scripts)
    page = watched.page
    sign_in(watched, person)
    if scripts:
        assert_accessible(page)
    page.get_by_role("link", name="MINA").first.click()
    expect(page).to_have_url(mina["url"])
    page.get_by_role("link", name="Entrer avec mon compte").click()
    expect(page).to_have_url(mina["url"])  # there and back, without a page in between
    expect(page.locator("main")).to_contain_text(person.name)
    expect(page.locator("dl")).to_contain_text(person.address)
    page.get_by_role("button", name="Déposer").click()
    page.get_by_role("link", name="Portail").click()
    card = page.locator(".notice-card", has_text="MINA").filter(has_text="Votre dossier est prêt.")
    expect(card).to_be_visible()
    page.goto("/mes-connexions")
    expect(page.locator("#visits-title + ul")).to_contain_text("MINA")
    if scripts:
        assert_accessible(page)
    page.goto(mina["url"])
    page.get_by_role("link", name="Se déconnecter").click()
    expect(page.locator("h1")).to_have_text(re.compile("Se déconnecter partout|Sign out everywhere"))
    if scripts:
        assert_accessible(page)
    page.get_by_role("button", name=re.compile("Se déconnecter|Sign out")).last.click()
    expect(page).to_have_url(mina["url"] + "parti")
    page.goto("/mes-connexions")
    expect(page).to_have_url(re.compile("/connexion"))


def test_who_comes_from_a_service_signs_in_once_and_goes_back_to_it(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    person = demonstration.person("enseignant", 15)
    mina = demonstration.told["services"][0]
    watched = open_page(viewport=PHONE)
    page = watched.page
    page.goto(mina["url"] + "entrer")
    expect(page).to_have_url(re.compile("/connexion"))
    sign_in(watched, person)
    expect(page).to_have_url(mina["url"])
    expect(page.locator("main")).to_contain_text(person.name)


def test_a_service_that_is_not_for_somebody_says_so_and_leads_back(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    person = demonstration.person("administratif", 3)
    cahier = demonstration.told["services"][1]
    watched = open_page(viewport=PHONE, color_scheme="dark")
    watched.expected_status = {403, 502}
    page = watched.page
    sign_in(watched, person)
    expect(page.get_by_role("link", name="Cahier de textes")).to_have_count(0)
    page.goto(cahier["url"] + "entrer")
    expect(page.locator("h1")).to_contain_text("Cahier de textes ne vous est pas ouvert")
    assert_accessible(page)
    page.get_by_role("link", name="Retour à Cahier de textes").click()
    expect(page.locator("main")).to_contain_text("access_denied")


@pytest.mark.parametrize("way", ["sign-out", "devices"])
def test_who_leaves_the_portal_has_left_the_service_too(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, way: str
) -> None:
    person = demonstration.person("enseignant", {"sign-out": 13, "devices": 14}[way])
    mina = demonstration.told["services"][0]
    watched = open_page(viewport=WIDE)
    page = watched.page
    sign_in(watched, person)
    page.goto(mina["url"] + "entrer")
    expect(page.locator("main")).to_contain_text(person.name)
    if way == "sign-out":
        page.goto("/")
        page.locator("header .menu summary").click()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page).to_have_url(re.compile("/connexion"))
    else:
        other = open_page(viewport=PHONE)
        sign_in(other, person)
        other.page.goto("/mes-connexions")
        other.page.get_by_role("button", name="Fermer toutes les autres").click()
        expect(other.page.locator("main")).to_contain_text("fermées")
    for _look in range(100):  # the word goes from server to server, beside the browser
        page.goto(mina["url"])
        if page.get_by_role("link", name="Entrer avec mon compte").count():
            break
    expect(page.get_by_role("link", name="Entrer avec mon compte")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(person.name)
