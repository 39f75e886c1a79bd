"""A teacher's morning by the keyboard alone: what has the focus is always seen (WCAG 2.1.1, 2.4.7, 2.4.11)."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.mail.messages import PLAIN
from tests.journeys.page import Watched

MOST_TABS = 150
SEEN = """
() => {
    const node = document.activeElement, box = node.getBoundingClientRect();
    const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const drawn = outlined(getComputedStyle(node)) || outlined(getComputedStyle(node, "::after"));
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const told = `${node.localName}#${node.id}.${node.className} ${node.textContent.trim().slice(0, 40)}`;
    if (!drawn) return `nothing is drawn around ${told}`;
    if (box.bottom <= 0 || box.top >= innerHeight) return `it is not in the window: ${told}`;
    if (top && !node.contains(top) && !top.contains(node)) return `${top.localName}.${top.className} hides ${told}`;
    return "";
}
"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until that has the focus; all that is met on the way is seen."""
    expect(wanted).to_be_attached()
    for _tab in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) == ""
        if wanted.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {wanted}")


def enter(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_a_message_is_read_and_answered_and_an_event_is_made(
    open_page: Callable[..., Watched], demonstration: Demonstration, arrive: Callable[[DemoPerson, bytes], None]
) -> None:
    person, page = demonstration.person("enseignant", 11), open_page().page
    arrive(person, PLAIN)
    page.goto("/connexion")
    page.keyboard.type(person.identifier)
    tab_to(page, page.locator("#id_secret"))
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Bonjour")

    enter(page, page.get_by_role("link", name="Mon courrier"))
    expect(page.locator("h1")).to_have_text("Boîte de réception")
    enter(page, page.get_by_role("link", name="Travaux devant le collège").first)
    expect(page.locator(".reader__text")).to_contain_text("la rue sera fermée lundi.")
    enter(page, page.get_by_role("link", name="Répondre", exact=True))
    tab_to(page, page.locator("#id_text"))
    page.keyboard.press("Control+Home")
    page.keyboard.type("Merci.")
    enter(page, page.get_by_role("button", name="Envoyer", exact=True))
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")

    page.goto("/")
    enter(page, page.get_by_role("link", name="Mon agenda"))
    enter(page, page.get_by_role("link", name="Nouvel événement"))
    tab_to(page, page.locator("#id_title"))
    page.keyboard.type("Rendez-vous au clavier")
    page.keyboard.press("Enter")
    expect(page.locator(".event-form")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Rendez-vous au clavier")

    enter(page, page.locator("header .menu summary"))
    enter(page, page.get_by_role("button", name="Se déconnecter"))
    expect(page).to_have_url(re.compile("/connexion"))
