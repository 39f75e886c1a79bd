"""Somebody who cannot sign in finds an answer on a phone; the rectorat's support writes it anew."""

from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


def test_an_answer_is_found_and_written_anew(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    page = open_page(viewport=PHONE, color_scheme="dark").page
    page.goto("/connexion")
    page.get_by_role("link", name="Aide", exact=True).click()
    assert_accessible(page)
    page.get_by_label("Chercher une réponse").fill("pièce jointe")
    page.get_by_role("button", name="Chercher").click()
    assert_accessible(page)
    page.get_by_role("link", name="Ma pièce jointe est refusée").first.click()
    expect(page.locator("h1")).to_have_text("Ma pièce jointe est refusée")
    assert_accessible(page)
    officer = open_page(locale="en-GB")
    sign_in(officer, demonstration.person("support", 1))
    officer.page.goto(page.url + "/modifier")
    assert_accessible(officer.page)
    word = token_hex(4)
    officer.page.locator("#id_french_text").fill(f"Nouvelle réponse **{word}**.")
    officer.page.locator(".card button[type=submit]").click()
    expect(officer.page.locator("h1")).to_have_count(1)
    page.reload()
    expect(page.locator("strong", has_text=word)).to_be_visible()
