"""At 400 % of a window 1280 pixels wide there are 320 (WCAG 1.4.10): nothing scrolls sideways, nothing is cut."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

NARROW = {"width": 320, "height": 256}
CUT = """
() => [...document.querySelectorAll("main *, header *, footer *")].flatMap((node) => {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    const words = [...node.childNodes].some((each) => each.nodeType === Node.TEXT_NODE && each.data.trim());
    const isHeard = box.width <= 1 || node.closest(".visually-hidden");
    if (!words || isHeard || node.closest(".line") || !node.checkVisibility({ visibilityProperty: true })) return [];
    const moves = (each) => ["auto", "scroll"].includes(getComputedStyle(each).overflowX);
    const scrolls = (each) => each && (moves(each) || scrolls(each.parentElement));
    const cut = [];
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(node)) cut.push("outside");
    if (style.overflowX !== "visible" && !scrolls(node) && node.scrollWidth > node.clientWidth + 1) cut.push("cut");
    if (style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1) cut.push("cut below");
    return cut.map((each) => `${each}: ${node.localName}.${node.className}: ${node.textContent.trim().slice(0, 50)}`);
})
"""
"""What has words and lies beyond the window, or shows less than it holds; not what can be scrolled apart, as a table, nor a
line of the list of messages, which shows how each begins."""

TO_ANYBODY = (
    "/connexion", "/mot-de-passe-oublie", "/activer", "/depannage", "/depannage/logiciel", "/depannage/navigateur",
    "/depannage/cause/wrong", "/aide", "/etat-du-service", "/accessibilite", "/demandes/sans-connexion",
)  # fmt: skip
PAGES = {
    ("enseignant", 35): (
        "/", "/avis", "/mes-connexions", "/mes-connexions/journal", "/mes-droits", "/mot-de-passe", "/second-facteur",
        "/coordonnees-de-secours", "/configurer", "/affichage", "/mes-donnees", "/premiers-pas", "/courrier/",
        "/courrier/ecrire", "/courrier/recherche?q=classe", "/courrier/dossiers", "/courrier/espace", "/courrier/supprimes",
        "/agenda/?vue=liste", "/agenda/?vue=mois", "/agenda/?vue=semaine", "/agenda/?vue=jour", "/agenda/agendas",
        "/agenda/evenement/nouveau", "/listes", "/classes", "/documents", "/signalements", "/demandes",
        "/demandes/nouvelle",
    ),
    ("direction", 0): ("/", "/etablissement/activations", "/etablissement/deblocage", "/listes/nouvelle"),
    ("support", 0): ("/assistance?qui=tout", "/assistance/compte"),
    ("securite", 0): ("/securite", "/etat-du-service/annoncer"),
    ("delegue", 0): ("/confidentialite",),
}  # fmt: skip
FIRST = {
    "/courrier/": ".line__link",
    "/listes": "main a[href^='/listes/']",
    "/agenda/agendas": ".calendars__line a",
    "/assistance?qui=tout": ".request a",
    "/securite": "main a[href^='/securite/']",
    "/aide": "main a[href^='/aide/']",
}
"""What a list leads to is looked at too."""


def look(page: Page, path: str) -> None:
    page.goto(path)
    judge(page)
    if path in FIRST:
        page.goto(str(page.locator(FIRST[path]).first.get_attribute("href")))
        judge(page)


def judge(page: Page) -> None:
    assert_accessible(page)
    cut = page.evaluate(CUT)
    assert cut == [], f"{page.url}\n" + "\n".join(cut)


def test_what_anybody_may_read_fits(open_page: Callable[..., Watched]) -> None:
    page = open_page(viewport=NARROW).page
    for path in TO_ANYBODY:
        look(page, path)


@pytest.mark.parametrize(("kind", "number"), PAGES)
def test_the_pages_of_each_part_fit(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, kind: str, number: int
) -> None:
    watched = open_page(viewport=NARROW)
    sign_in(watched, demonstration.person(kind, number))
    for path in PAGES[kind, number]:
        look(watched.page, path)
