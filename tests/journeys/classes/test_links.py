"""A file goes to a class as a link: who gets it takes it without signing in, its sender sees the count and ends it."""

import re
from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.journeys.classes.test_lists import TEACHER
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_document_is_shared_taken_counted_and_ended(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, viewport: dict[str, int]
) -> None:
    name = f"devoir-{token_hex(4)}.pdf"
    watched = open_page(viewport=viewport)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    page.get_by_role("link", name="Aux élèves", exact=True).click()
    page.locator("#id_subject").fill(name)
    page.locator("#files").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 devoir"})
    page.get_by_label("Envoyer les fichiers sous forme de liens").check()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_label("Envoyer les fichiers sous forme de liens")).to_be_checked()
    page.get_by_role("button", name="Envoyer à ces").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    page.goto("/courrier/")
    page.get_by_role("link", name="Envoyés").click()
    page.get_by_role("link", name=name).first.click()
    found = re.search(r"https://[^/]+(/partage/[0-9a-f]{48})", page.locator(".reader__text").inner_text())
    assert found is not None

    pupil = open_page(viewport=viewport)
    pupil.expected_status.add(410)
    pupil.page.goto(found[1])
    expect(pupil.page.get_by_role("heading", name=name)).to_be_visible()
    assert_accessible(pupil.page)
    with pupil.page.expect_download() as download:
        pupil.page.get_by_role("button", name="Télécharger").click()
    assert download.value.suggested_filename == name
    assert download.value.path().read_bytes() == b"%PDF-1.7 devoir"

    page.goto("/documents")
    shared = page.locator("li", has=page.get_by_role("heading", name=name))
    expect(shared).to_contain_text("1 ouverture")
    assert_accessible(page)
    shared.get_by_role("button", name="Terminer ce lien").click()
    expect(page.locator(".alert").first).to_contain_text("Le lien est terminé")
    pupil.page.goto(found[1])
    expect(pupil.page.get_by_role("heading", level=1)).to_have_text("Ce lien est terminé")
    assert_accessible(pupil.page)
