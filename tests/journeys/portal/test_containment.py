"""An account in danger, as its owner lives it: sending held, something unusual, a suspension to come, « it was not me »."""

import re
import smtplib
import ssl
import time

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.look import BOTH, Look
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import NEW, WAIT_MS, Open, SignIn, Somebody, change, elsewhere, read_code

FINISHED = "J’ai fini", "I have finished"
REPAIRED = "est réparé", "is repaired"
PROTECT = "protéger mon compte", "protect my account"


def send_burst(demonstration: Demonstration, person: DemoPerson) -> DemoPerson:
    """Six hundred recipients from a mail program, of whom five hundred are usual in a minute."""
    door = demonstration.told["submission"]
    trust = ssl.create_default_context(cafile=str(demonstration.ca))
    with smtplib.SMTP_SSL("localhost", door["tls_port"], context=trust) as link:
        link.login(person.identifier, person.app_password)
        for number in range(6):
            families = [f"famille{number}-{each}@example.org" for each in range(100)]
            head = f"From: {person.address}\r\nTo: {families[0]}\r\nSubject: Sortie {number}\r\n\r\n"
            assert link.sendmail(person.address, families, head) == {}
    return person


@BOTH
def test_sending_that_is_held_is_repaired_in_minutes(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, somebody: Somebody, look: Look
) -> None:
    """In French who was held when the demonstration began; in English who sends a burst now."""
    person = somebody("envoi-retenu") if look.language == "fr" else send_burst(demonstration, somebody("rafale"))
    subject = f"Écrit pendant la retenue {look.name}"
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    page.locator("form:has(input[name=envoyer]) button").click()
    page.locator("#code").fill(read_code(open_page, demonstration, elsewhere(person)))
    page.locator("main form.card button[type=submit]").click()
    held = look.say("Vos envois sont retenus", "Your sending is held")
    expect(page.locator(".alert--warning").first).to_contain_text(held)
    assert_accessible(page)
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill("ami@example.org")
    page.locator("#id_subject").fill(subject)
    page.locator("button[value=envoyer]").first.click()
    expect(page).to_have_url(re.compile(r"/courrier/$"))
    page.goto("/reparer")
    expect(page.locator("[aria-labelledby=held-title]")).to_contain_text("ami@example.org")
    assert_accessible(page)
    page.get_by_role("button", name=look.say(*FINISHED)).click()
    expect(page.locator(".alert--danger")).to_contain_text(
        look.say("D’abord le nouveau mot de passe", "First the new password")
    )
    page.goto("/mot-de-passe")
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/reparer")
    page.get_by_role("button", name=look.say(*FINISHED)).click()
    expect(page.locator(".alert--success")).to_contain_text(look.say(*REPAIRED))
    assert_accessible(page)
    catcher = open_page().page
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline and subject not in catcher.locator("body").inner_text():
        catcher.goto(demonstration.told["pages"]["catcher"])
    expect(catcher.locator("body")).to_contain_text(subject)


@BOTH
def test_an_unusual_sign_in_is_recognised_with_one_button(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, somebody("inhabituel"))
    page.goto("/reparer")
    asked = page.locator("[aria-labelledby=unusual-title]")
    expect(asked).to_contain_text(look.say("pour la première fois", "for the first time"))
    assert_accessible(page)
    page.get_by_role("button", name=look.say("C’était moi", "It was me")).click()
    expect(page.locator(".alert--success")).to_contain_text(look.say("désormais habituels", "usual for you from now on"))
    expect(asked).to_have_count(0)


@BOTH
def test_an_announced_suspension_says_when_and_how_to_stop_it(
    open_page: Open, sign_in: SignIn, somebody: Somebody, look: Look
) -> None:
    person = somebody("suspension-annoncee")
    watched = open_page(**look.options)
    page = watched.page
    sign_in(watched, person)
    announced = look.say("Votre compte sera suspendu le", "Your account will be suspended on")
    expect(page.locator("main")).to_contain_text(announced)
    page.goto("/reparer")
    expect(page.locator("[aria-labelledby=seen-title]")).to_contain_text(
        look.say("suspension annoncée", "announced suspension")
    )
    assert_accessible(page)
    page.goto("/mot-de-passe")
    change(page, person.password, NEW)
    expect(page).to_have_url(re.compile(r"/mes-connexions$"))
    page.goto("/reparer")
    page.get_by_role("button", name=look.say(*FINISHED)).click()
    expect(page.locator(".alert--success")).to_contain_text(look.say(*REPAIRED))


@BOTH
def test_it_was_not_me_is_one_step_from_the_message_that_tells_of_it(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, somebody: Somebody, look: Look
) -> None:
    person = demonstration.changed("not-me") if look.language == "fr" else somebody("pas-moi")
    watched = open_page(**look.options)
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
    page.get_by_role("button", name=look.say(*PROTECT)).click()
    expect(page.locator(".alert--success")).to_contain_text(look.say("Le compte est protégé", "The account is protected"))
    assert_accessible(page)
    other.page.goto("/")
    expect(other.page).to_have_url(re.compile("/connexion"))


def test_it_was_not_me_is_one_step_from_the_home_page_and_from_each_sign_in(
    open_page: Open, sign_in: SignIn, newcomers: Demonstration
) -> None:
    person = newcomers.of_case("pas-moi-portail")
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
