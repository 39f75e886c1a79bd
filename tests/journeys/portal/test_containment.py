"""An account in danger, as its owner lives it: sending held, something unusual, a suspension to come, « it was not me »."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import NEW, WAIT_MS, Open, SignIn, change, read_code


def test_sending_that_is_held_is_repaired_in_minutes(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.of_case("envoi-retenu")
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    page.get_by_role("button", name="Envoyer un code à mes coordonnées de secours").click()
    code = read_code(open_page, demonstration, f"{person.address.partition('@')[0]}@perso-exemple.test")
    page.locator("#code").fill(code)
    page.locator("main form.card button[type=submit]").click()
    expect(page.locator(".alert--warning").first).to_contain_text("Vos envois sont retenus")
    assert_accessible(page)
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill("ami@example.org")
    page.locator("#id_subject").fill("Écrit pendant la retenue")
    page.get_by_role("button", name="Envoyer").first.click()
    expect(page).to_have_url(re.compile(r"/courrier/$"))
    page.goto("/reparer")
    expect(page.locator("[aria-labelledby=held-title]")).to_contain_text("ami@example.org")
    assert_accessible(page)
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.locator(".alert--danger")).to_contain_text("D’abord le nouveau mot de passe")
    page.goto("/mot-de-passe")
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/reparer")
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.locator(".alert--success")).to_contain_text("est réparé")
    catcher = open_page().page
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline and "Écrit pendant la retenue" not in catcher.locator("body").inner_text():
        catcher.goto(demonstration.told["pages"]["catcher"])
    expect(catcher.locator("body")).to_contain_text("Écrit pendant la retenue")


def test_an_unusual_sign_in_is_recognised_with_one_button(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, demonstration.of_case("inhabituel"))
    page.goto("/reparer")
    expect(page.locator("[aria-labelledby=unusual-title]")).to_contain_text("pour la première fois")
    assert_accessible(page)
    page.get_by_role("button", name="C’était moi").click()
    expect(page.locator(".alert--success")).to_contain_text("désormais habituels")
    expect(page.locator("[aria-labelledby=unusual-title]")).to_have_count(0)


def test_an_announced_suspension_says_when_and_how_to_stop_it(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.of_case("suspension-annoncee")
    watched = open_page()
    page = watched.page
    sign_in(watched, person)
    expect(page.locator("main")).to_contain_text("Votre compte sera suspendu le")
    page.goto("/reparer")
    expect(page.locator("[aria-labelledby=seen-title]")).to_contain_text("suspension annoncée")
    assert_accessible(page)
    page.goto("/mot-de-passe")
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/reparer")
    page.get_by_role("button", name="J’ai fini").click()
    expect(page.locator(".alert--success")).to_contain_text("est réparé")


def test_it_was_not_me_is_one_step_from_the_message_that_tells_of_it(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.changed("not-me")
    watched = open_page(viewport=PHONE)
    sign_in(watched, person)
    other = open_page()
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    sign_in(other, person)  # a second browser: a new device
    expect(other.page.locator(".menu__name")).to_have_count(1)
    page = watched.page
    deadline = time.monotonic() + WAIT_MS / 1000
    page.goto("/courrier/")
    while time.monotonic() < deadline and not page.get_by_text("Nouvel appareil").count():
        page.goto("/courrier/")
    href = page.locator("a", has_text="Nouvel appareil").first.get_attribute("href")
    assert href is not None
    page.goto(href)
    text = page.locator("body").inner_text() + "".join(frame.locator("body").inner_text() for frame in page.frames[1:])
    link = re.search(r"/pas-moi/[\w.]+", text)
    assert link is not None
    page.goto(link[0])
    assert_accessible(page)
    page.get_by_role("button", name="protéger mon compte").click()
    expect(page.locator(".alert--success")).to_contain_text("Le compte est protégé")
    assert_accessible(page)
    other.page.goto("/")
    expect(other.page).to_have_url(re.compile("/connexion"))


def test_it_was_not_me_is_one_step_from_the_home_page_and_from_each_sign_in(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.changed("not-me-portal")
    watched = open_page(viewport=PHONE)
    sign_in(watched, person)
    page = watched.page
    expect(page.locator(".menu__name")).to_have_count(1)
    other = open_page()
    sign_in(other, person)  # a second browser: a new device
    expect(other.page.locator(".menu__name")).to_have_count(1)
    page.goto("/mes-connexions")
    beside = page.locator("tr", has_text="Acceptée").get_by_role("link", name="Ce n’était pas moi")
    expect(beside).to_have_count(2)
    assert_accessible(page)
    beside.first.click()
    expect(page.get_by_role("button", name="protéger mon compte")).to_be_visible()
    page.goto("/")
    page.locator(".alert", has_text="Nouvel appareil").get_by_role("link", name="Ce n’était pas moi").first.click()
    expect(page.locator("main")).to_contain_text("Un geste")
    assert_accessible(page)
    page.get_by_role("button", name="protéger mon compte").click()
    expect(page.locator(".alert--success")).to_contain_text("Le compte est protégé")
    for each in (page, other.page):
        each.goto("/")
        expect(each).to_have_url(re.compile("/connexion"))
