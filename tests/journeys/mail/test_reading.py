"""Reading what arrives: plain, laid out, in strange characters, with things attached."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.mail.messages import HTML, NESTED, PLAIN, STRANGE
from tests.journeys.page import Watched, assert_accessible

Arrive = Callable[[DemoPerson, bytes], None]
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_teacher_reads_messages_of_every_kind(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, arrive: Arrive,
    scripts: bool,
) -> None:
    person = demonstration.person("enseignant", 3 if scripts else 4)
    for content in (PLAIN, HTML, STRANGE, NESTED):
        arrive(person, content)
    watched = open_page(java_script_enabled=scripts)
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boîte de réception")

    page.get_by_role("link", name="Travaux devant le collège").first.click()
    expect(page.locator(".reader__text")).to_contain_text("la rue sera fermée lundi.")

    page.goto("/courrier/")
    page.get_by_role("link", name="Lettre en couleurs").first.click()
    expect(page.locator(".notice")).to_contain_text("1 image conservée ailleurs")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Voici la lettre")).to_be_visible()
    expect(frame.get_by_text("Ancien message")).not_to_be_visible()
    frame.get_by_text("Afficher le message cité").click()
    expect(frame.get_by_text("Ancien message")).to_be_visible()

    page.goto("/courrier/")
    page.get_by_role("link", name="Budget prévisionnel €").first.click()
    expect(page.locator(".reader__text")).to_contain_text("Привет")

    page.goto("/courrier/")
    page.get_by_role("link", name="Deux pieces").first.click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Télécharger notes.csv").click()
    assert saved.value.suggested_filename == "notes.csv"
    page.get_by_role("link", name="Ouvrir").click()
    expect(page.locator(".reader__text")).to_contain_text("la rue sera fermée lundi.")


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, arrive: Arrive,
    viewport: dict[str, int], scheme: str,
) -> None:
    person = demonstration.person("enseignant", 5)
    watched = open_page(viewport=viewport, color_scheme=scheme)
    for content in (HTML, NESTED):
        arrive(person, content)
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/")
    assert_accessible(page)
    titles = ("Lettre en couleurs", "Deux pieces")
    links = [page.get_by_role("link", name=title).first.get_attribute("href") for title in titles]
    pages = ("ecrire", "recherche?q=reunion", "recherche?q=zzzz", "dossiers")
    for path in (*links, *(f"/courrier/{each}" for each in pages)):
        page.goto(str(path))
        assert_accessible(page)
        watched.note_refused()


def test_a_list_is_worked_by_keyboard_alone(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, arrive: Arrive,
) -> None:
    person = demonstration.person("enseignant", 6)
    arrive(person, PLAIN)
    watched = open_page()
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/")
    box = page.get_by_role("checkbox", name="Travaux devant le collège").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Travaux devant le collège")
