"""Finding with the advanced form, with scripts and without: it writes what one could have typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.mail.messages import PLAIN
from tests.journeys.page import Watched, assert_accessible

SUBJECT = "Travaux devant le collège"


@pytest.mark.parametrize(
    ("viewport", "locale", "scripts", "labels", "written"),
    [
        (PHONE, "fr-FR", True, ("De", "Expression exacte", "Recherche avancée"), '"fermée lundi" de:mairie'),
        (WIDE, "en-GB", True, ("From", "Exact phrase", "Advanced search"), '"fermée lundi" from:mairie'),
        (WIDE, "fr-FR", False, ("De", "Expression exacte", "Recherche avancée"), '"fermée lundi" de:mairie'),
    ],
    ids=["phone-fr", "wide-en", "no-scripts"],
)
def test_a_letter_is_found_by_who_wrote_it_and_what_it_says(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    arrive: Callable[[DemoPerson, bytes], None], viewport: dict[str, int], locale: str, scripts: bool,
    labels: tuple[str, str, str], written: str,
) -> None:
    person = demonstration.person("enseignant", 21)
    arrive(person, PLAIN)
    watched = open_page(viewport=viewport, locale=locale, java_script_enabled=scripts)
    sign_in(watched, person)
    page = watched.page
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": locale[:2], "url": demonstration.web, "secure": True}])
    page.goto("/courrier/recherche")
    if scripts:
        assert_accessible(page)
    page.get_by_label(labels[0], exact=True).fill("mairie")
    page.get_by_label(labels[1], exact=True).fill("fermée lundi")
    page.get_by_label(labels[1], exact=True).press("Enter")
    expect(page.locator("#finder")).to_have_value(written)
    expect(page.get_by_role("link", name=SUBJECT).first).to_be_visible()
    page.locator("summary", has_text=labels[2]).click()
    expect(page.get_by_label(labels[1], exact=True)).to_have_value("fermée lundi")
    page.locator("#finder").fill("avant:hier")
    page.locator("#finder").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("hier")
    if scripts:
        assert_accessible(page)
