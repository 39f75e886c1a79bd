"""Second factors as people live them: asked for, set, lost, compulsory from a date."""

import re

import pyotp
from playwright.sync_api import expect

from tests.journeys.demonstration import Demonstration
from tests.journeys.look import BOTH, Look
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import Open, SignIn, Somebody, elsewhere, read_code


@BOTH
def test_a_second_factor_is_asked_for_and_a_wrong_code_is_explained(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    person = somebody("second-facteur")
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    page.locator("#code").fill("000000")
    page.locator("main form.card button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text(look.say("Ce n’est pas le code", "not the code"))
    assert_accessible(page)
    page.locator("#code").fill(pyotp.TOTP(person.totp_seed).now())
    page.locator("main form.card button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text(look.say("Bonjour", "Hello"))


@BOTH
def test_an_application_a_sheet_and_recovery_codes_are_set_and_used_on_a_new_device(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, look: Look
) -> None:
    person = demonstration.changed(f"application-{look.name}")
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, person)
    expect(watched.page.locator(".menu__name")).to_have_count(1)
    page.goto("/second-facteur")
    assert_accessible(page)
    page.goto("/second-facteur/application")
    assert_accessible(page)
    seed = page.locator(".copyable__value").inner_text().replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(seed).now())
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/second-facteur$"))
    page.locator("form", has=page.locator("input[name=par][value=printed]")).locator("button").click()
    expect(page.locator(".sheet__codes code")).to_have_count(30)
    assert_accessible(page)
    codes = page.locator(".sheet__codes code").all_inner_texts()
    assert len(codes) == 30
    other = open_page(**look.options)
    sign_in(other, person)
    other.page.locator("a[href='?par=printed']").click()
    expect(other.page.locator("label[for=code]")).to_contain_text("1")
    other.page.locator("#code").fill(codes[0])
    other.page.locator("main form.card button[type=submit]").click()
    expect(other.page.locator(".menu__name")).to_have_text(person.name)
    other.page.goto("/second-facteur")
    other.page.locator("form", has=other.page.locator("input[name=par][value=recovery-code]")).locator("button").click()
    expect(other.page.locator(".sheet__codes code")).to_have_count(10)
    assert_accessible(other.page)
    kept = other.page.locator(".sheet__codes code").all_inner_texts()
    lost = open_page(**look.options)
    sign_in(lost, person)
    lost.page.locator("a[href='?par=recovery-code']").click()
    assert_accessible(lost.page)
    lost.page.locator("#code").fill(kept[7].lower())  # any of them, once
    lost.page.locator("main form.card button[type=submit]").click()
    expect(lost.page.locator(".menu__name")).to_have_text(person.name)


@BOTH
def test_a_compulsory_factor_is_announced_in_good_time(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, somebody("droits"))
    expect(page.locator(".alert", has_text=look.say("Protégez votre compte", "Protect your account"))).to_be_visible()
    page.goto("/second-facteur")
    expect(page.locator(".alert--warning")).to_contain_text(look.say("devient obligatoire", "becomes compulsory"))
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/courrier/$"))


@BOTH
def test_a_compulsory_factor_comes_first_and_opens_everything_once_it_is_set(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, somebody: Somebody, look: Look
) -> None:
    """Whoever has none yet proves who they are by a recovery contact, and is never before a wall."""
    person = somebody("facteur-exige")
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    page.locator("form:has(input[name=envoyer]) button").click()
    page.locator("#code").fill(read_code(open_page, demonstration, elsewhere(person)))
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile("/second-facteur$"))
    expect(page.locator(".alert--warning")).to_contain_text(look.say("Ceci vient d’abord", "This comes first"))
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/second-facteur$"))
    page.locator("form", has=page.locator("input[name=par][value=printed]")).locator("button").click()
    expect(page.locator(".sheet__codes code")).to_have_count(30)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/courrier/$"))
    page.goto("/second-facteur")
    page.get_by_role("button", name=look.say("Retirer", "Remove")).first.click()
    expect(page.locator(".alert", has_text=look.say("il en faut un", "one is compulsory"))).to_be_visible()
    assert_accessible(page)
