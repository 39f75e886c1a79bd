"""An officer of the rectorat says that sending is slow; a person who is not signed in reads it; it ends."""

from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


def test_an_incident_is_announced_read_and_ended(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    title = f"Envoi lent {token_hex(3)}"
    officer = open_page(color_scheme="dark")
    page = officer.page
    sign_in(officer, demonstration.person("support", 1))
    page.goto("/etat-du-service")
    assert_accessible(page)
    page.get_by_role("link", name="Annoncer").click()
    assert_accessible(page)
    page.get_by_role("button", name="Annoncer").click()
    expect(page.get_by_role("alert")).to_be_visible()  # every field that is missing is named
    assert_accessible(page)
    given = {"french_title": title, "english_title": "Slow", "french": "On cherche.", "english": "Looking."}
    for name, text in given.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_label("L’envoi").check()
    page.get_by_role("button", name="Annoncer").click()
    expect(page.locator("main")).to_contain_text("C’est dit")
    stranger = open_page(viewport=PHONE)
    for path in ("/connexion", "/depannage", "/etat-du-service"):
        stranger.page.goto(path)
        expect(stranger.page.locator("main")).to_contain_text(title)
        assert_accessible(stranger.page)
    page.goto("/etat-du-service/annoncer")
    mine = page.locator("section.card", has_text=title)
    mine.get_by_label("La suite, en français").fill("Réparé.")
    mine.get_by_label("La suite, en anglais").fill("Repaired.")
    mine.get_by_role("button", name="dire que c’est fini").click()
    expect(page.locator("article", has_text=title)).to_contain_text("Réparé.")
    stranger.page.goto("/connexion")
    expect(stranger.page.locator("main")).not_to_contain_text(title)
