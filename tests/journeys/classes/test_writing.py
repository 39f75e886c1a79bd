"""A teacher writes to the guardians of a class, each apart, from a phone; then in blind copy, without scripts."""

from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import expect

from tests.journeys.classes.test_lists import TEACHER
from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


def test_each_guardian_gets_a_message_of_their_own(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    subject = f"Sortie {token_hex(4)}"
    watched = open_page(viewport=PHONE)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="3e B").click()
    page.get_by_role("link", name="Aux responsables").click()
    people = page.locator("details.audience")
    expect(people).to_contain_text("Responsables de 3e B exactement ces 45 personnes")
    expect(page.get_by_label("À chacun séparément")).to_be_checked()
    people.locator("summary").click()
    assert_accessible(page)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("La sortie est jeudi.")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("heading", name="exactement ces 45 personnes, à chacune séparément")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer à ces 45 personnes").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    expect(page.get_by_role("heading", level=1)).to_have_text("3e B")
    page.goto("/courrier/")
    page.get_by_role("link", name="Envoyés").click()
    page.get_by_role("link", name=subject).first.click()
    expect(page.locator(".reader__people")).to_contain_text("Responsables de 3e B, à chacun séparément (45)")
    assert_accessible(page)


def test_in_blind_copy_without_scripts(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(java_script_enabled=False)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    page.get_by_role("link", name="Aux élèves", exact=True).click()
    page.get_by_label("En copie cachée").check()
    page.locator("#id_subject").fill("Contrôle mardi")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("En copie cachée")).to_be_checked()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("heading", name="en copie cachée vers exactement ces")).to_be_visible()
    page.get_by_role("button", name="Envoyer à ces").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
