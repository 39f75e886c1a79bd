"""Passwords as people live them: an alert, the soft landing, what comes past the date, one forgotten, a recovery contact."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.look import BOTH, Look
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import NEW, Open, SignIn, Somebody, change, elsewhere, read_code


@BOTH
def test_an_alert_stands_on_the_home_page_days_before(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, somebody("alerte"))
    alert = page.locator(".alert", has_text=look.say("est à changer avant le", "is to be changed before"))
    expect(alert).to_be_visible()
    assert_accessible(page)
    alert.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(look.say("À changer avant le", "To be changed before"))
    assert_accessible(page)
    page.goto("/")
    alert.get_by_role("button").click()
    expect(alert).to_have_count(0)


@BOTH
def test_in_the_soft_landing_mail_is_read_and_sending_leads_to_the_change(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    watched.expected_status = {422}
    person, page = somebody("atterrissage"), watched.page
    past = look.say("Votre mot de passe est arrivé à sa date", "Your password has reached its date")
    sign_in(watched, person)
    expect(page.locator(".menu__name")).to_have_count(1)
    page.goto("/courrier/")
    expect(page.locator("h1")).to_have_text(look.say("Boîte de réception", "Inbox"))
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill("ami@example.org")
    page.locator("#id_subject").fill("Bonjour")
    page.locator("button[value=envoyer]").first.click()
    expect(page.locator("main")).to_contain_text(past)
    assert_accessible(page)
    page.goto("/mot-de-passe")
    expect(page.locator(".alert--warning")).to_contain_text(past)
    assert_accessible(page)
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill("ami@example.org")
    page.locator("#id_subject").fill("Bonjour")
    with page.expect_navigation():
        page.locator("button[value=envoyer]").first.click()
    expect(page.locator(".alert").first).to_contain_text(look.say("Votre message est envoyé", "Your message is sent"))


@BOTH
def test_past_its_date_the_portal_asks_for_the_change_first_and_opens_at_once_after_it(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    person, page = somebody("echu"), watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/mot-de-passe$"))
    expect(page.locator(".alert--warning")).to_contain_text(look.say("Ceci vient d’abord", "This comes first"))
    assert_accessible(page)
    page.locator("#id_new").fill("azertyuiop1234")
    expect(page.locator(".strength")).to_contain_text(look.say("deviner", "guess"))
    assert_accessible(page)
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/")
    expect(page.locator("h1")).to_contain_text(look.say("Bonjour", "Hello"))


@BOTH
def test_a_forgotten_password_is_replaced_with_a_code_from_elsewhere(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, look: Look
) -> None:
    person = demonstration.changed(f"forgotten-{look.name}")
    watched = open_page(**look.options)
    page = watched.page
    page.goto("/connexion")
    page.locator("a[href='/mot-de-passe-oublie']").first.click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie$"))
    assert_accessible(page)
    page.locator("#id_identifier").fill(person.identifier)
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie/code$"))
    assert_accessible(page)
    code = read_code(open_page, demonstration, elsewhere(person))
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
