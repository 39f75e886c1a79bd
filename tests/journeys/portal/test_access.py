"""What happens to somebody's access, walked as they would: a date that comes, a forgotten password, a second factor."""

import re
import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
SignIn = Callable[..., None]

NEW = "panier-orage-kayak-27"
SIZES = pytest.mark.parametrize(
    ("viewport", "locale", "size"), [(PHONE, "fr-FR", "phone"), (WIDE, "en-GB", "wide")], ids=["phone-fr", "wide-en"]
)
WAIT_MS = 15_000
"""A code is made and sent by upkeep, which is woken at once."""


def read_code(open_page: Open, demonstration: Demonstration, address: str, after: int = 0) -> str:
    """The code that came to an address elsewhere, read on the page of what left."""
    page = open_page().page
    pattern = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline:
        page.goto(demonstration.told["pages"]["catcher"])
        rows = [row for row in page.locator("tr, li").all_inner_texts() if address in row and pattern.search(row)]
        if len(rows) > after:
            found = pattern.search(rows[0])
            assert found is not None
            return found[0]
        page.wait_for_timeout(200)
    raise AssertionError(f"no code came to {address}")


def change(page: Page, present: str, new: str) -> None:
    page.locator("#id_present").fill(present)
    page.locator("#id_new").fill(new)
    page.locator("#id_again").fill(new)
    page.locator("main form button[type=submit]").click()


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


def test_a_second_factor_is_asked_for_and_a_wrong_code_is_explained(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.of_case("second-facteur")
    watched = open_page(viewport=PHONE, color_scheme="dark")
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    page.locator("#code").fill("000000")
    page.locator("main form.card button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas le code")
    assert_accessible(page)
    page.locator("#code").fill(pyotp.TOTP(person.totp_seed).now())
    page.locator("main form.card button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("Bonjour")


@SIZES
def test_an_application_a_sheet_and_recovery_codes_are_set_and_used_on_a_new_device(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, viewport: dict[str, int], locale: str, size: str
) -> None:
    person = demonstration.changed(f"application-{size}")
    watched = open_page(viewport=viewport, locale=locale)
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
    other = open_page(viewport=viewport, locale=locale)
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
    lost = open_page(viewport=viewport, locale=locale)
    sign_in(lost, person)
    lost.page.locator("a[href='?par=recovery-code']").click()
    assert_accessible(lost.page)
    lost.page.locator("#code").fill(kept[7].lower())  # any of them, once
    lost.page.locator("main form.card button[type=submit]").click()
    expect(lost.page.locator(".menu__name")).to_have_text(person.name)


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
    expect(page.locator(".alert--success")).to_contain_text("libre de nouveau")
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
    expect(page.locator(".alert--success")).to_contain_text("libre de nouveau")


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


def test_a_new_account_is_activated_with_its_letter_and_its_first_steps_follow(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.of_case("a-activer")
    watched = open_page(viewport=PHONE)
    page = watched.page
    page.goto("/connexion")
    page.get_by_role("link", name="Activer mon compte").click()
    expect(page).to_have_url(re.compile(r"/activer$"))
    assert_accessible(page)
    for number, code in enumerate(("AAAA-AAAA", person.activation_code)):
        page.locator("#id_identifier").fill(person.numen)
        page.locator("#id_birth_on").fill(person.birth_on)
        page.locator("#id_code").fill(code)
        page.locator("main form button[type=submit]").click()
        if number == 0:
            expect(page.get_by_role("alert").first).to_contain_text("Cela ne correspond pas")
    expect(page.locator("h1")).to_contain_text("Bienvenue")
    expect(page.locator("main")).to_contain_text(person.identifier)
    assert_accessible(page)
    page.locator("#id_new").fill(NEW)
    page.locator("#id_again").fill(NEW)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/connexion\?next=/premiers-pas$"))
    sign_in(watched, person, secret=NEW)
    expect(page).to_have_url(re.compile("/charte$"))
    assert_accessible(page)
    page.get_by_role("button", name="Je l’ai lue et je l’accepte").click()
    expect(page).to_have_url(re.compile("/premiers-pas$"))
    assert_accessible(page)


def test_a_new_charter_comes_first_and_mail_programs_go_on(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(locale="en-GB")
    sign_in(watched, demonstration.of_case("charte"))
    page = watched.page
    expect(page).to_have_url(re.compile("/charte$"))
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/charte$"))
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
    page.get_by_role("link", name="Lettres d’activation").click()
    expect(page.locator("h1")).to_have_text("Lettres d’activation")
    assert_accessible(page)


def test_a_compulsory_factor_is_announced_in_good_time(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, demonstration.of_case("droits"))
    expect(page.locator(".alert", has_text="Protégez votre compte")).to_be_visible()
    page.goto("/second-facteur")
    expect(page.locator(".alert--warning")).to_contain_text("devient obligatoire")
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/courrier/$"))


def test_a_compulsory_factor_comes_first_and_opens_everything_once_it_is_set(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    """Whoever has none yet proves who they are by a recovery contact, and is never before a wall."""
    person = demonstration.of_case("facteur-exige")
    watched = open_page(viewport=WIDE)
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer un code à mes coordonnées de secours").click()
    page.locator("#code").fill(
        read_code(open_page, demonstration, f"{person.address.partition('@')[0]}@perso-exemple.test")
    )
    page.locator("main form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile("/second-facteur$"))
    expect(page.locator(".alert--warning")).to_contain_text("Ceci vient d’abord")
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/second-facteur$"))
    page.locator("form", has=page.locator("input[name=par][value=printed]")).locator("button").click()
    expect(page.locator(".sheet__codes code")).to_have_count(30)
    page.goto("/courrier/")
    expect(page).to_have_url(re.compile("/courrier/$"))
    page.goto("/second-facteur")
    page.get_by_role("button", name="Retirer").first.click()
    expect(page.locator(".alert", has_text="il en faut un")).to_be_visible()
