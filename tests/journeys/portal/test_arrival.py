"""Arriving and knowing what one may do: the letter of activation, the charter, rights, every page of one’s access."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.look import BOTH, Look
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import NEW, Open, SignIn, Somebody


@BOTH
def test_a_new_account_is_activated_with_its_letter_and_its_first_steps_follow(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    person = somebody("a-activer")
    watched = open_page(**look.options)
    page = watched.page
    page.goto("/connexion")
    page.locator("main a[href='/activer']").click()
    expect(page).to_have_url(re.compile(r"/activer$"))
    assert_accessible(page)
    for number, code in enumerate(("AAAA-AAAA", person.activation_code)):
        page.locator("#id_identifier").fill(person.numen)
        page.locator("#id_birth_on").fill(person.birth_on)
        page.locator("#id_code").fill(code)
        page.locator("main form button[type=submit]").click()
        if number == 0:
            expect(page.get_by_role("alert").first).to_contain_text(
                look.say("Cela ne correspond pas", "This does not go together")
            )
            assert_accessible(page)
    expect(page.locator("h1")).to_contain_text(look.say("Bienvenue", "Welcome"))
    expect(page.locator("main")).to_contain_text(person.identifier)
    assert_accessible(page)
    page.locator("#id_new").fill(NEW)
    page.locator("#id_again").fill(NEW)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/connexion\?next=/premiers-pas$"))
    sign_in(watched, person, secret=NEW)
    expect(page).to_have_url(re.compile("/charte$"))
    assert_accessible(page)
    page.get_by_role("button", name=look.say("Je l’ai lue et je l’accepte", "I have read it and accept it")).click()
    expect(page).to_have_url(re.compile("/premiers-pas$"))
    assert_accessible(page)


@BOTH
def test_a_new_charter_comes_first_and_mail_programs_go_on(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    sign_in(watched, somebody("charte"))
    page = watched.page
    expect(page).to_have_url(re.compile("/charte$"))
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/charte$"))
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/premiers-pas$"))
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/courrier/$"))


def test_rights_show_why_who_and_until_when(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    watched = open_page(viewport=PHONE)
    sign_in(watched, demonstration.of_case("droits"))
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    watched.page.goto("/mes-droits")
    reading = watched.page.locator(".session", has_text="Lire dans un logiciel")
    expect(reading).to_contain_text("pas permis")
    expect(reading).to_contain_text("poste de travail compromis")
    expect(reading).to_contain_text("Nadia Benali")
    assert_accessible(watched.page)


@pytest.mark.parametrize(("viewport", "colour"), [(PHONE, "dark"), (WIDE, "light")], ids=["phone", "wide"])
def test_a_head_of_school_finds_the_letters_of_those_who_arrive(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, viewport: dict[str, int], colour: str
) -> None:
    """No letter is made here: it would end the one of the activation's journey. `doors/web` tests make them."""
    watched = open_page(viewport=viewport, color_scheme=colour)
    page = watched.page
    sign_in(watched, demonstration.person("direction"))
    page.get_by_role("link", name="Lettres", exact=True).click()
    expect(page.locator("h1")).to_have_text("Lettres d’activation")
    assert_accessible(page)


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_every_page_of_ones_access_is_accessible(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, viewport: dict[str, int], colour: str
) -> None:
    watched = open_page(viewport=viewport, color_scheme=colour)
    sign_in(watched, demonstration.person("inspection"))
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    for path in ("/mes-connexions", "/mes-connexions/journal", "/mes-donnees", "/coordonnees-de-secours",
                 "/second-facteur", "/mot-de-passe", "/mot-de-passe/revue", "/confirmer", "/mes-droits", "/premiers-pas",
                 "/charte", "/reparer"):  # fmt: skip
        watched.page.goto(path)
        assert_accessible(watched.page)
