"""One person's day, from signing in to signing out: in French on a wide screen and on a phone, in English on a phone; each
page judged by axe."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.page import Watched, assert_accessible

LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "wide-fr": ("fr", {"viewport": WIDE}),
    "phone-fr": ("fr", {"viewport": PHONE}),  # French words are the longer ones
    "phone-en": ("en", {"viewport": PHONE, "locale": "en-GB"}),
}


@dataclass(frozen=True)
class Day:
    """A browser in which somebody has signed in."""

    watched: Watched
    language: str

    @property
    def page(self) -> Page:
        return self.watched.page

    def open(self, path: str, french: str = "", english: str = "") -> Page:
        """Goes to a page by its address; its title says what it is, and nothing on it keeps anybody out."""
        self.page.goto(path)
        return self.see(french, english)

    def see(self, french: str = "", english: str = "") -> Page:
        """The page that is shown now."""
        title = self.page.locator("main h1, main.page h1").first
        expect(title).to_contain_text(french if self.language == "fr" else english)
        assert_accessible(self.page)
        return self.page

    def say(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    def leave(self) -> None:
        """Signs out, by the menu."""
        self.page.goto("/")
        self.page.locator("header .menu summary").click()
        self.page.locator("form[action$='/deconnexion'] button").click()
        expect(self.page).to_have_url(re.compile("/connexion"))
        assert_accessible(self.page)


@pytest.fixture(params=LOOKS)
def begin(
    request: pytest.FixtureRequest, open_page: Callable[..., Watched], sign_in: Callable[..., None],
    demonstration: Demonstration,
) -> Callable[..., Day]:  # fmt: skip
    """`begin(person)`: their home page, just after signing in."""

    def open_day(person: DemoPerson) -> Day:
        language, look = LOOKS[request.param]
        watched = open_page(**look)
        watched.page.context.add_cookies(
            [{"name": LANGUAGE_COOKIE, "value": language, "url": demonstration.web, "secure": True}]
        )
        sign_in(watched, person)
        day = Day(watched, language)
        day.see("Bonjour", "Hello")
        return day

    return open_day
