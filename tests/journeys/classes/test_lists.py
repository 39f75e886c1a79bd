"""A teacher brings a list in on a phone, sees what is wrong in it, corrects a person; a colleague finds nothing there."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

TEACHER, COLLEAGUE = "Blaise Corday", "Irène Hautot"
LIST = (
    "Nom;Prénom;Courriel élève;Responsable 1;Courriel responsable 1;Téléphone responsable 1\n"
    "Durand;Léa;lea.durand@eleves.example;Claire Durand;claire@famille.example;06\n"
    "Nguyen;Tom;tom.nguyen;Minh Nguyen;minh@famille.example;06\n"
)


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_teacher_brings_a_list_in(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, viewport: dict[str, int],
    tmp_path: Path,
) -> None:  # fmt: skip
    file = tmp_path / "liste.csv"
    file.write_bytes(LIST.encode("cp1252"))
    label = f"Essai {token_hex(3)}"
    watched = open_page(viewport=viewport)
    watched.expected_status.add(422)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    assert_accessible(page)
    expect(page.get_by_role("link", name="3e B")).to_be_visible()
    page.get_by_role("link", name="Ajouter une classe").click()
    assert_accessible(page)
    page.get_by_label("Nom de la classe").fill(label)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.locator(".alert--danger")).to_contain_text("Il n’y a rien à lire")
    page.get_by_text("Quelles colonnes sont lues").click()
    assert_accessible(page)
    page.locator("#fichier").set_input_files(file)
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="1 ligne à regarder")).to_be_visible()
    expect(page.locator(".classes__faults")).to_contain_text("Ligne 3, Tom Nguyen")
    expect(page.locator("main")).to_contain_text("Colonnes laissées de côté : Téléphone responsable 1")
    assert_accessible(page)
    page.get_by_role("button", name="Importer cette liste").click()
    expect(page.get_by_role("heading", name="2 élèves, 2 responsables")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Corriger Tom Nguyen").click()
    assert_accessible(page)
    page.get_by_label("Adresse de messagerie").fill("tom.nguyen@eleves.example")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("tom.nguyen@eleves.example")
    address = page.url
    colleague = open_page()
    colleague.expected_status.add(404)
    sign_in(colleague, demonstration.named(COLLEAGUE))
    colleague.page.goto(address)
    expect(colleague.page.get_by_role("heading", level=1)).to_contain_text("Il n’y a rien à cette adresse")
    page.locator("summary", has_text="Supprimer la classe").click()
    page.get_by_label("Oui, supprimer la classe").check()
    page.get_by_role("button", name="Supprimer la classe").click()
    expect(page.locator(".alert").first).to_contain_text("est supprimée")
    expect(page.get_by_role("link", name=label)).to_have_count(0)


def test_the_list_may_be_pasted_without_scripts(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    page.get_by_role("link", name="Importer une liste").click()
    page.get_by_label("Ou collez ses lignes").fill(LIST.replace(";", "\t"))
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="2 élèves, 2 responsables")).to_be_visible()
    expect(page.get_by_role("heading", name="Dans la classe, et pas dans cette liste")).to_be_visible()
    page.get_by_role("link", name="5e A").click()
    expect(page.locator("main")).not_to_contain_text("Léa Durand")
