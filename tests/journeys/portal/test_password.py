"""Passwords as people live them: an alert, the soft landing, what comes past the date, one forgotten, a recovery contact."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import NEW, SIZES, Open, SignIn, change, read_code


def test_an_alert_stands_on_the_home_page_days_before(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    sign_in(watched, demonstration.of_case("alerte"))
    alert = watched.page.locator(".alert", has_text="est à changer avant le")
    expect(alert).to_be_visible()
    assert_accessible(watched.page)
    alert.get_by_role("button", name="Lu").click()
    expect(alert).to_have_count(0)


def test_in_the_soft_landing_mail_is_read_and_sending_leads_to_the_change(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page()
    watched.expected_status = {422}
    person, page = demonstration.of_case("atterrissage"), watched.page
    sign_in(watched, person)
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    page.goto("/courrier/")
    expect(page.locator("h1")).to_be_visible()
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill("ami@example.org")
    page.locator("#id_subject").fill("Bonjour")
    page.get_by_role("button", name="Envoyer").first.click()
    expect(page.locator("main")).to_contain_text("Votre mot de passe est arrivé à sa date")
    page.goto("/mot-de-passe")
    expect(page.locator(".alert--warning")).to_contain_text("est arrivé à sa date")
    assert_accessible(page)


def test_past_its_date_the_portal_asks_for_the_change_first_and_opens_at_once_after_it(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    person, page = demonstration.of_case("echu"), watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/mot-de-passe$"))
    expect(page.locator(".alert--warning")).to_contain_text("Ceci vient d’abord")
    assert_accessible(page)
    page.locator("#id_new").fill("azertyuiop1234")
    expect(page.locator(".strength")).to_contain_text("deviner")
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Bonjour")


@SIZES
def test_a_forgotten_password_is_replaced_with_a_code_from_elsewhere(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, viewport: dict[str, int], locale: str, size: str
) -> None:
    person = demonstration.changed(f"forgotten-{size}")
    watched = open_page(viewport=viewport, locale=locale)
    page = watched.page
    page.goto("/connexion")
    page.locator("a[href='/mot-de-passe-oublie']").first.click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie$"))
    assert_accessible(page)
    page.locator("#id_identifier").fill(person.identifier)
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie/code$"))
    assert_accessible(page)
    code = read_code(open_page, demonstration, f"{person.address.partition('@')[0]}@perso-exemple.test")
    page.locator("#id_code").fill(code.lower())
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie/nouveau$"))
    assert_accessible(page)
    page.locator("#id_new").fill(NEW)
    page.locator("#id_again").fill(NEW)
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/connexion\?next=/mot-de-passe/revue$"))
    sign_in(watched, person, secret=NEW)
    expect(page).to_have_url(re.compile(r"/mot-de-passe/revue$"))
    assert_accessible(page)


def test_a_recovery_contact_is_added_and_verified(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    person = demonstration.changed("recovery-contact")
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, person)
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    page.goto("/coordonnees-de-secours")
    page.locator("#id_address").fill("nouvelle@example.org")
    page.locator("form.card button[type=submit]").last.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    assert_accessible(page)
    code = read_code(open_page, demonstration, "nouvelle@example.org")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".session", has_text="nouvelle@example.org")).to_contain_text("vérifiée")
