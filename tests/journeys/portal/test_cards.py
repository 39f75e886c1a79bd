"""A service posts a notice while its person looks at the home page: it comes by itself, is read, and is put away."""

import json
import ssl
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


def post(demonstration: Demonstration, body: dict[str, object]) -> dict[str, object]:
    service = demonstration.told["services"][0]
    request = urllib.request.Request(  # our own demonstration
        service["post"],
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {service['credential']}", "Content-Type": "application/json"},
    )
    trusted = ssl.create_default_context(cafile=str(demonstration.ca))
    with urllib.request.urlopen(request, context=trusted) as answer:
        told: dict[str, object] = json.load(answer)
    return told


@pytest.mark.parametrize(
    ("viewport", "locale", "colour", "number"),
    [(PHONE, "fr-FR", "dark", 5), (WIDE, "en-GB", "light", 6)],
    ids=["phone-fr", "wide-en"],
)
def test_a_notice_comes_by_itself_and_is_put_away(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, colour: str, number: int,
) -> None:  # fmt: skip
    person = demonstration.person("enseignant", number)
    watched = open_page(viewport=viewport, locale=locale, color_scheme=colour)
    page = watched.page
    sign_in(watched, person)
    expect(page.locator("#service-cards .notice-card")).not_to_have_count(0)
    title = f"Conseil {number}"
    told = post(
        demonstration,
        {"key": f"journey/{number}", "person": person.identifier, "severity": "urgent",
         "title": {"fr": title, "en": title}, "text": {"fr": "Salle 12.", "en": "Room 12."}},
    )  # fmt: skip
    assert told == {"key": f"journey/{number}", "outcome": "created", "people": 1}
    card = page.locator(".notice-card", has_text=title)
    expect(card).to_be_visible(timeout=30_000)
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page.locator("main")).to_contain_text(title)
    page.goto("/avis")
    assert_accessible(page)
    card.locator("button").first.click()
    expect(card.locator("button")).to_have_count(1)
    card.locator("button").click()
    expect(card).to_have_count(0)
