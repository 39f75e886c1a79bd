"""Signing in as a person does, with all that may be typed, with and without scripts, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
SignIn = Callable[..., None]


@pytest.mark.parametrize("kind", ["identifier", "address", "numen"])
def test_a_teacher_signs_in_with_whatever_they_remember(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, kind: str
) -> None:
    teacher = demonstration.person("enseignant")
    watched = open_page()
    sign_in(watched, teacher, typed=getattr(teacher, kind))
    expect(watched.page.locator("h1")).to_contain_text("Bonjour")
    expect(watched.page.locator(".menu__name")).to_have_text(teacher.name)
    assert_accessible(watched.page)


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_every_page_of_the_portal_is_accessible(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, viewport: dict[str, int], colour: str
) -> None:
    watched = open_page(viewport=viewport, color_scheme=colour)
    watched.expected_status = {404}
    page = watched.page
    page.goto("/connexion")
    assert_accessible(page)
    sign_in(watched, demonstration.person("enseignant", 1))
    expect(page.locator("h1")).to_contain_text("Bonjour")
    paths = ("/", "/mes-connexions", "/configurer", "/mot-de-passe", "/affichage", "/deconnexion")
    for path in (*paths, "/aide", "/accessibilite", "/etat-du-service", "/il-n-y-a-rien"):
        page.goto(path)
        assert_accessible(page)
        watched.note_refused()


def test_a_wrong_password_is_explained_and_its_owner_sees_it(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    teacher = demonstration.person("enseignant", 2)
    watched = open_page()
    page = watched.page
    sign_in(watched, teacher, wrong="ce n’est pas lui")
    expect(page.get_by_role("alert")).to_contain_text("ne correspondent pas")
    expect(page.get_by_role("alert")).to_be_focused()
    reference = re.search(r"AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}", page.get_by_role("alert").inner_text())
    assert reference is not None
    expect(page.locator("#id_identifier")).to_have_value(teacher.identifier)
    expect(page.locator("#id_secret")).to_have_value("")
    assert_accessible(page)
    sign_in(watched, teacher)
    page.get_by_role("link", name="Voir mes connexions").click()
    row = page.locator("tr", has_text=reference[0])
    expect(row).to_contain_text("Refusée")
    expect(row).to_contain_text("Mot de passe incorrect")
    expect(row).to_contain_text("Chrome")


def test_an_empty_form_puts_the_focus_on_what_is_missing(open_page: Open) -> None:
    watched = open_page()
    page = watched.page
    page.goto("/connexion")
    expect(page.locator("#id_identifier")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Mot de passe").click()
    expect(page.locator("#id_secret")).to_be_focused()
    assert_accessible(page)


def test_the_keyboard_alone_is_enough(open_page: Open, demonstration: Demonstration) -> None:
    teacher = demonstration.person("enseignant", 3)
    page = open_page().page
    page.goto("/connexion")
    page.keyboard.type(teacher.identifier)
    page.keyboard.press("Tab")
    page.keyboard.type(teacher.password)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Bonjour")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_english_is_one_button_away_and_remembered(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    watched = open_page(viewport=PHONE)
    page = watched.page
    page.goto("/connexion")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Sign in")
    assert_accessible(page)
    sign_in(watched, demonstration.person("enseignant", 4))
    expect(page.locator("h1")).to_contain_text("Hello")
    assert_accessible(page)
    page.locator(".menu__summary").click()
    page.get_by_role("button", name="Français").click()
    expect(page.locator("h1")).to_contain_text("Bonjour")


def test_everything_works_without_scripts(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    watched = open_page(java_script_enabled=False)
    page = watched.page
    teacher = demonstration.person("enseignant", 5)
    sign_in(watched, teacher, wrong="non")
    expect(page.get_by_role("alert")).to_contain_text("AUTH-")
    expect(page.get_by_role("alert")).to_be_focused()
    sign_in(watched, teacher)
    expect(page.locator("h1")).to_contain_text("Bonjour")
    page.goto("/configurer")
    page.get_by_label("Sur quel logiciel et quel appareil").fill("Mon téléphone")
    page.get_by_role("button", name="Créer un mot de passe d’application").click()
    expect(page.get_by_role("status").first).to_contain_text("Mon téléphone")
    page.goto("/affichage")
    page.get_by_label("Sombre").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".menu__summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("status").first).to_contain_text("Votre session est fermée")
    page.goto("/mes-connexions")
    expect(page.locator("h1")).to_have_text("Se connecter")
