"""One person's day, from signing in to signing out, in three looks or four; each page judged by axe."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.demonstration import DemoPerson
from tests.journeys.look import LOOKS, Look
from tests.journeys.page import Watched, assert_accessible


@dataclass(frozen=True)
class Day:
    """A browser in which somebody has signed in."""

    watched: Watched
    look: Look

    @property
    def page(self) -> Page:
        return self.watched.page

    def open(self, path: str, french: str, english: str) -> Page:
        """Goes to a page by its address; its title says what it is, and nothing on it keeps anybody out."""
        self.page.goto(path)
        return self.see(french, english)

    def see(self, french: str, english: str) -> Page:
        """The page that is shown now."""
        expect(self.page.locator("main h1").first).to_contain_text(self.look.say(french, english))
        assert_accessible(self.page)
        return self.page

    def follow(self, link: Locator) -> Page:
        """Goes by a link to the page that has its words as a title."""
        words = link.inner_text().strip()
        link.click()
        return self.see(words, words)

    def leave(self) -> None:
        """Signs out, by the menu."""
        self.page.goto("/")
        self.page.locator("header .menu summary").click()
        self.page.locator("form[action$='/deconnexion'] button").click()
        expect(self.page).to_have_url(re.compile("/connexion"))
        assert_accessible(self.page)


@pytest.fixture(params=("wide-fr", "phone-fr", "phone-en"))
def look(request: pytest.FixtureRequest) -> Look:
    """All days in these; one that asks for a look of its own takes its parameter's place."""
    return LOOKS[request.param]


@pytest.fixture
def begin(open_page: Callable[..., Watched], sign_in: Callable[..., None], look: Look) -> Callable[[DemoPerson], Day]:
    """`begin(person)`: their home page, just after signing in."""

    def open_day(person: DemoPerson) -> Day:
        watched = open_page(**look.options)
        sign_in(watched, person)
        day = Day(watched, look)
        day.see("Bonjour", "Hello")
        return day

    return open_day
