"""What journeys of the portal have in common: a code that comes from elsewhere, a password that is changed."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.page import Watched

Open = Callable[..., Watched]
SignIn = Callable[..., None]
Somebody = Callable[[str], DemoPerson]

NEW = "panier-orage-kayak-27"
WAIT_MS = 15_000
"""A code is made and sent by upkeep, which is woken at once."""


def elsewhere(person: DemoPerson) -> str:
    """The recovery contact that everybody of the demonstration has."""
    return f"{person.address.partition('@')[0]}@perso-exemple.test"


def read_code(open_page: Open, demonstration: Demonstration, address: str, after: int = 0) -> str:
    """The code that came to an address elsewhere, read on the page of what left."""
    page = open_page().page
    pattern = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
    deadline = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < deadline:
        page.goto(demonstration.told["pages"]["catcher"])
        rows = [row for row in page.locator("tr, li").all_inner_texts() if address in row and pattern.search(row)]
        if len(rows) > after:
            found = pattern.search(rows[0])
            assert found is not None
            return found[0]
        page.wait_for_timeout(200)
    raise AssertionError(f"no code came to {address}")


def change(page: Page, present: str, new: str) -> None:
    page.locator("#id_present").fill(present)
    page.locator("#id_new").fill(new)
    page.locator("#id_again").fill(new)
    page.locator("main form button[type=submit]").click()
