"""What journeys of the portal have in common: a code that comes from elsewhere, a password that is changed."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched

Open = Callable[..., Watched]
SignIn = Callable[..., None]

NEW = "panier-orage-kayak-27"
SIZES = pytest.mark.parametrize(
    ("viewport", "locale", "size"), [(PHONE, "fr-FR", "phone"), (WIDE, "en-GB", "wide")], ids=["phone-fr", "wide-en"]
)
WAIT_MS = 15_000
"""A code is made and sent by upkeep, which is woken at once."""


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
