"""A teacher's agenda: written and moved, on a telephone and wide, with and without scripts; shared with a colleague."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

MONDAY = datetime.now().date() - timedelta(days=datetime.now().weekday()) + timedelta(days=28)
"""A week in which the demonstration has no test's events, and that the year's lessons reach."""


def add(watched: Watched, title: str, days: int = 0, repeat: str = "") -> None:
    page = watched.page
    page.goto(f"/agenda/evenement/nouveau?le={MONDAY + timedelta(days=days)}&heure=17")
    page.locator("#id_title").fill(title)
    page.locator("#id_place").fill("Salle 12")
    if repeat:
        page.locator("#id_repeat").select_option(repeat)
        page.locator("#id_repeat_until").fill(str(MONDAY + timedelta(days=20)))
    assert_accessible(page)
    page.locator(".event-form button[type=submit]").click()


@pytest.mark.parametrize(
    ("viewport", "locale", "colour", "scripts", "number"),
    [(PHONE, "fr-FR", "dark", True, 2), (WIDE, "en-GB", "light", True, 3), (WIDE, "fr-FR", "light", False, 4)],
    ids=["phone-fr", "wide-en", "no-scripts"],
)
def test_a_series_is_written_one_of_it_is_changed_and_all_are_removed(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, colour: str, scripts: bool, number: int,
) -> None:  # fmt: skip
    watched = open_page(viewport=viewport, locale=locale, color_scheme=colour, java_script_enabled=scripts)
    page = watched.page
    sign_in(watched, demonstration.person("enseignant", number))
    judge = assert_accessible if scripts else lambda _page: None
    page.goto("/agenda/?vue=liste")
    judge(page)
    page.goto(f"/agenda/evenement/nouveau?le={MONDAY}&heure=17")
    page.locator("#id_title").fill("Atelier théâtre")
    page.locator("#id_repeat").select_option("FREQ=WEEKLY")
    page.locator("#id_repeat_until").fill(str(MONDAY + timedelta(days=20)))
    judge(page)
    page.locator(".event-form button[type=submit]").click()
    page.goto(f"/agenda/?vue=liste&le={MONDAY}")
    line = page.locator(".entry", has_text="Atelier théâtre")
    expect(line).to_have_count(3)
    line.nth(1).locator("a").click()
    judge(page)
    page.locator("#id_title").fill("Répétition générale")
    page.locator("#portee-une").check()
    page.locator(".event-form button[type=submit]").click()
    page.goto(f"/agenda/?vue=liste&le={MONDAY}")
    expect(line).to_have_count(2)
    expect(page.locator(".entry", has_text="Répétition générale")).to_have_count(1)
    for view in ("semaine", "mois", "jour"):
        page.goto(f"/agenda/?vue={view}&le={MONDAY}")
        expect(page.get_by_text("Atelier théâtre").filter(visible=True).first).to_be_visible()
        judge(page)
    page.goto(f"/agenda/?vue=liste&le={MONDAY}")
    line.first.locator("a").click()
    page.locator("button[name=portee][value=toutes]").click()
    page.goto(f"/agenda/?vue=liste&le={MONDAY}")
    expect(line).to_have_count(0)


def test_an_event_is_moved_by_hand_and_stays_there(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(viewport=WIDE)
    page = watched.page
    sign_in(watched, demonstration.person("enseignant", 5))
    add(watched, "Sortie au musée")
    page.goto(f"/agenda/?vue=semaine&le={MONDAY}")
    moved = page.locator("#board a", has_text="Sortie au musée").first
    expect(moved).to_be_visible()
    moved.scroll_into_view_if_needed()
    box = moved.bounding_box()
    assert box is not None
    with page.expect_response("**/evenements/deplacer") as answer:
        page.mouse.move(box["x"] + 20, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] + 40, box["y"] + 8, steps=8)
        page.mouse.move(box["x"] + box["width"] + 42, box["y"] + 8)
        page.mouse.up()
    assert answer.value.status == 200
    page.goto(f"/agenda/?vue=jour&le={MONDAY + timedelta(days=1)}")
    expect(page.locator("#board a", has_text="Sortie au musée").first).to_be_visible()
    page.goto(f"/agenda/?vue=liste&le={MONDAY + timedelta(days=1)}")
    expect(page.locator(".entry", has_text="Sortie au musée").first).to_contain_text("17:00–18:00")


def test_an_agenda_is_shared_until_a_day_and_a_private_address_is_made(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(viewport=PHONE)
    page = watched.page
    sign_in(watched, demonstration.person("enseignant", 6))
    page.goto("/agenda/agendas")
    assert_accessible(page)
    page.locator(".calendars__line a").first.click()
    assert_accessible(page)
    colleague = demonstration.person("aed", 0)
    page.locator("#id_person").fill(colleague.address)
    page.locator("#id_level").select_option("4")
    page.locator("#id_until_on").fill(str(MONDAY))
    page.locator("form", has=page.locator("#id_person")).locator("button[type=submit]").click()
    expect(page.locator(".calendars__line", has_text=colleague.name)).to_be_visible()
    page.locator("#feed-label").fill("Téléphone")
    page.locator("form", has=page.locator("#feed-label")).locator("button[type=submit]").click()
    expect(page.locator(".secret-address")).to_contain_text("/agenda/flux/")
    assert_accessible(page)
    other = open_page(viewport=WIDE, locale="en-GB")
    sign_in(other, colleague)
    other.page.goto("/agenda/agendas")
    expect(other.page.locator(".calendars__line", has_text=demonstration.person("enseignant", 6).name)).to_be_visible()
    other.page.goto("/configurer#agenda")
    expect(other.page.locator("#agenda")).to_contain_text("/dav/")
    assert_accessible(other.page)
