"""The mail of a position: the head reads, the secretary still has it unread and answers on its behalf; all see who."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

HEAD, SECRETARY, OTHER = "Gaël Marchand", "Géraldine Boutin", "Hugo Lavigne"
DIRECTION = "direction 0279106B"
SUBJECT = "Remplacement en mathématiques"


def go_to_position(page: Page) -> None:
    page.goto("/courrier/")
    page.get_by_role("navigation", name="Boîtes").get_by_role("link", name=DIRECTION).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(DIRECTION)


def test_one_reads_the_other_answers_and_the_register_says_so(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    head = open_page()
    sign_in(head, demonstration.named(HEAD))
    go_to_position(head.page)
    assert_accessible(head.page)
    line = head.page.locator(".line", has_text=SUBJECT)
    expect(line).to_have_class("line line--unseen")
    line.get_by_role("link").click()
    expect(head.page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    assert_accessible(head.page)
    go_to_position(head.page)
    expect(line).to_have_class("line")

    secretary = open_page(viewport=PHONE)
    sign_in(secretary, demonstration.named(SECRETARY))
    go_to_position(secretary.page)
    assert_accessible(secretary.page)
    expect(secretary.page.get_by_text("Vous pouvez lire ici")).to_be_visible()
    line = secretary.page.locator(".line", has_text=SUBJECT)
    expect(line).to_have_class("line line--unseen")  # the head has read it, and not for her
    line.get_by_role("link").click()
    secretary.page.get_by_role("link", name="Répondre", exact=True).click()
    chosen = secretary.page.get_by_label("De", exact=True)
    expect(chosen.locator("option:checked")).to_have_text(f"{SECRETARY}, au nom de {DIRECTION}")
    assert_accessible(secretary.page)
    secretary.page.locator("#id_text").fill("La salle 12 est prête.")
    secretary.page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(secretary.page.locator(".alert").first).to_contain_text("Votre message est envoyé")

    go_to_position(head.page)
    head.page.get_by_role("navigation", name=f"Dossiers de {DIRECTION}").get_by_role("link", name="Envoyés").click()
    expect(head.page.locator(".line").first).to_contain_text(SUBJECT)
    head.page.get_by_role("link", name="Qui lit ici").click()
    written = head.page.get_by_role("row").filter(has_text="Un message est parti")
    expect(written.first).to_contain_text(SECRETARY)
    assert_accessible(head.page)


def test_who_has_no_part_in_it_sees_nothing_of_it(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    head = open_page()
    sign_in(head, demonstration.named(HEAD))
    go_to_position(head.page)
    address = head.page.url
    other = open_page()
    sign_in(other, demonstration.named(OTHER))
    other.page.goto("/courrier/")
    expect(other.page.get_by_role("navigation", name="Boîtes")).to_have_count(0)
    other.expected_status = {404}
    other.page.goto(address)
    expect(other.page.get_by_role("heading", level=1)).to_contain_text("Il n’y a rien à cette adresse")
