"""The main job: answer, write to a colleague with a file, find, file, mark, undo; with scripts and without."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.mail.messages import PLAIN
from tests.journeys.page import Watched

Arrive = Callable[[DemoPerson, bytes], None]


def said(page: Page) -> str:
    return page.locator(".alert").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_teacher_answers_writes_finds_and_files(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, arrive: Arrive,
    tmp_path: Path, scripts: bool,
) -> None:
    person = demonstration.person("enseignant", 7 if scripts else 8)
    colleague = demonstration.person("enseignant", 9 if scripts else 10)
    subject = f"Travaux {token_hex(4)}"  # the server may have been visited before
    letter = PLAIN.replace("Travaux devant le collège".encode(), subject.encode())
    arrive(person, letter.replace(b"mairie@exterieur.example", colleague.address.encode()))
    watched = open_page(java_script_enabled=scripts)
    sign_in(watched, person)
    page = watched.page

    page.goto("/courrier/")
    page.get_by_role("link", name=subject).first.click()
    page.get_by_role("link", name="Répondre", exact=True).click()
    assert colleague.address in page.locator("#id_to").input_value()
    assert "> la rue sera fermée lundi." in page.locator("#id_text").input_value()
    page.get_by_role("button", name="Envoyer").click()
    assert "Votre message est envoyé" in said(page)

    file = tmp_path / "élèves.txt"
    file.write_text("liste", encoding="utf-8")
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill(colleague.address)
    page.locator("#id_subject").fill("Sortie au théâtre")
    page.locator("#id_text").fill("Le spectacle s’appelle « Crépuscule ».")
    page.get_by_label("Ajouter des fichiers").set_input_files(file)
    page.get_by_role("button", name="Envoyer").click()
    assert "Votre message est envoyé" in said(page)

    for words in ("crépuscule", "CREPUSCULE"):
        page.goto("/courrier/recherche?q=" + words)
        expect(page.get_by_role("link", name="Sortie au théâtre").first).to_be_visible()

    for button, folder in (("Archiver", "Archives"), ("Supprimer", "Corbeille")):
        page.goto("/courrier/")
        page.get_by_role("checkbox", name=subject).first.check()
        page.get_by_role("button", name=button).click()
        assert folder in said(page)
        expect(page.get_by_role("link", name=subject)).to_have_count(0)
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_role("link", name=subject).first).to_be_visible()

    page.get_by_role("checkbox", name=subject).first.check()
    page.get_by_role("button", name="Marquer non lu").click()
    expect(page.get_by_role("link", name="Non lu").filter(has_text=subject).first).to_be_visible()
    page.get_by_role("checkbox", name=subject).first.check()
    page.get_by_label("Déplacer vers").select_option(label="Archives")
    page.get_by_role("button", name="Déplacer").click()
    expect(page.get_by_role("link", name=subject)).to_have_count(0)

    other = open_page(java_script_enabled=scripts)
    sign_in(other, colleague)
    other.page.goto("/courrier/")
    other.page.get_by_role("link", name="Sortie au théâtre").first.click()
    expect(other.page.locator(".reader__text")).to_contain_text("Crépuscule")
    expect(other.page.get_by_role("link", name="Télécharger élèves.txt")).to_be_visible()


def test_a_colleague_is_suggested_while_one_types(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    person, colleague = demonstration.person("enseignant", 11), demonstration.person("enseignant", 12)
    watched = open_page()
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/ecrire")
    page.locator("#id_to").press_sequentially(colleague.address[:6])
    expect(page.locator(f"#to-options option[value*='{colleague.address}']")).to_have_count(1)
