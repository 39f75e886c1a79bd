"""A teacher writes to the team, confirms exactly whom it reaches, a colleague receives it; the head adds somebody."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

HEAD, TEACHER, COLLEAGUE, OTHER = "Agnès Vauquelin", "Hugo Lavigne", "Nora Benchekroun", "Irène Hautot"
MATHS = "maths.0149103u@ac-demonstration.test"
COUNCIL = "equipe-3b.0149103u@ac-demonstration.test"


def ask_to_send(page: Page, address: str, subject: str) -> None:
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill(address)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("Réunion jeudi à 14 h.")
    page.get_by_role("button", name="Envoyer", exact=True).click()


def test_a_teacher_writes_to_the_team_and_the_head_adds_somebody(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    subject = f"Conseil {token_hex(4)}"
    writer = open_page()
    sign_in(writer, demonstration.named(TEACHER))
    page = writer.page
    page.goto("/listes")
    page.get_by_role("link", name="Équipe de mathématiques").first.click()
    page.get_by_role("link", name="Écrire à cette liste").click()
    fold = page.locator("details.audience")
    expect(fold).to_contain_text("exactement ces 4 personnes")
    fold.locator("summary").click()
    expect(fold.get_by_text(COLLEAGUE)).to_be_visible()
    page.locator("#id_to").fill("quelqu-un@exterieur.example")
    page.locator("#id_subject").click()
    expect(fold).to_have_count(0)
    page.locator("#id_to").fill("équipe de math")
    expect(page.locator("#to-options option").first).to_have_attribute(
        "value", f'"Équipe de mathématiques, Collège Louise-Michel, Montbray" <{MATHS}>'
    )
    ask_to_send(page, MATHS, subject)
    expect(page.get_by_role("heading", name="exactement ces 4 personnes")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer à ces 4 personnes").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")

    reader = open_page(viewport=PHONE)
    sign_in(reader, demonstration.named(COLLEAGUE))
    reader.page.goto("/courrier/")
    reader.page.get_by_role("link", name=subject).first.click()
    expect(reader.page.locator(".reader__text")).to_contain_text("Réunion jeudi")

    head = open_page()
    sign_in(head, demonstration.named(HEAD))
    head.page.goto("/listes")
    head.page.get_by_role("link", name="Équipe de mathématiques").first.click()
    head.page.get_by_label("Ajouter une personne").fill(demonstration.named(OTHER).identifier)
    head.page.get_by_role("button", name="Ajouter").click()
    expect(head.page.locator(".alert").first).to_contain_text(f"{OTHER} est dans la liste")
    ask_to_send(page, MATHS, subject)
    expect(page.get_by_role("heading", name="exactement ces 5 personnes")).to_be_visible()
    head.page.get_by_role("button", name=f"Retirer {OTHER}").click()
    expect(head.page.locator(".alert").first).to_contain_text(f"{OTHER} n’est plus dans la liste")
    page.get_by_role("button", name="Envoyer à ces 5 personnes").click()
    expect(page.get_by_role("heading", name="exactement ces 4 personnes")).to_be_visible()
    page.get_by_role("button", name="Jeter").click()


def test_without_scripts_the_people_are_shown_before_it_leaves(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE, java_script_enabled=False)
    sign_in(watched, demonstration.named("Salomé Quertier"))
    page = watched.page
    ask_to_send(page, COUNCIL, "Sortie au musée")
    expect(page.get_by_role("heading", name="exactement ces 4 personnes")).to_be_visible()
    expect(page.locator(".audience__people")).to_contain_text("Blaise Corday")
    page.get_by_role("button", name="Envoyer à ces 4 personnes").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    page.goto("/courrier/")
    expect(page.get_by_role("link", name="Sortie au musée").first).to_be_visible()  # she is on the list herself


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_pages_of_lists_are_for_everybody(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, viewport: dict[str, int]
) -> None:
    watched = open_page(viewport=viewport)
    sign_in(watched, demonstration.named(HEAD))
    page = watched.page
    for path in ("/listes", "/listes/nouvelle"):
        page.goto(path)
        assert_accessible(page)
    page.goto("/listes")
    page.get_by_role("link", name="Équipe de la 3e B").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="Modifier son titre").click()
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".alert").first).to_contain_text("La liste est modifiée")
