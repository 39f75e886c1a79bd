"""Somebody makes room by emptying the bin, then wants one of its messages back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible


@pytest.mark.parametrize(("viewport", "number"), [(PHONE, 21), (WIDE, 22)], ids=["phone", "wide"])
def test_the_bin_is_emptied_and_a_message_comes_back(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], number: int,
) -> None:
    watched = open_page(viewport=viewport, locale="fr-FR")
    sign_in(watched, demonstration.person("enseignant", number))
    page = watched.page
    page.goto("/courrier/espace")
    assert_accessible(page)
    trash = page.get_by_role("row").filter(has=page.get_by_role("link", name="Corbeille"))
    trash.get_by_text("Vider", exact=False).first.click()
    page.get_by_role("button", name="Vider le dossier").first.click()
    page.goto("/courrier/supprimes")
    assert_accessible(page)
    chosen = page.get_by_role("checkbox").first
    subject = page.get_by_role("rowheader").first.inner_text()
    chosen.check()
    page.get_by_role("button", name="Remettre les messages choisis").click()
    expect(page.get_by_text("1 message est de nouveau là.")).to_be_visible()
    assert_accessible(page)
    page.goto("/courrier/recherche?q=" + subject.split()[0])
    expect(page.get_by_role("link", name=subject).first).to_be_visible()
