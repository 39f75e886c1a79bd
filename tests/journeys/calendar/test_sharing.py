"""A calendar of a teacher and a colleague's growing right to it: busy, read, write, manage; between two days; the team's."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

TODAY = datetime.now().date()
DAY = TODAY - timedelta(days=TODAY.weekday()) + timedelta(days=45)
"""A Thursday in a week of its own."""
OWNER, COLLEAGUE, TEAM = "Hugo Lavigne", "Nora Benchekroun", "Enseignement, Collège Louise-Michel, Montbray"
BUSY, READ, WRITE, MANAGE = "1", "2", "3", "4"


def share(page: Page, level: str, address: str, first: str = "", last: str = "") -> None:
    page.locator("#id_person").fill(address)
    page.locator("#id_level").select_option(level)
    page.locator("#id_from_on").fill(first)
    page.locator("#id_until_on").fill(last)
    page.get_by_role("button", name="Partager", exact=True).click()
    expect(page.locator(".alert").first).to_contain_text("L’agenda est partagé")


def list_entries(page: Page) -> list[str]:
    page.goto(f"/agenda/?vue=liste&le={DAY}")
    return page.locator(".entry__words").all_inner_texts()


def test_a_right_grows_is_lent_for_some_days_and_the_calendar_becomes_the_teams(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    name, title = f"Sorties {token_hex(4)}", f"Visite {token_hex(4)}"
    colleague = demonstration.named(COLLEAGUE)
    mine, theirs = open_page(viewport=WIDE), open_page(viewport=PHONE)
    sign_in(mine, demonstration.named(OWNER))
    sign_in(theirs, colleague)
    page, other = mine.page, theirs.page

    page.goto("/agenda/agendas")
    page.locator("#id_name").fill(name)
    page.get_by_role("button", name="Créer l’agenda").click()
    page.goto(f"/agenda/evenement/nouveau?le={DAY}&heure=9")
    page.locator("#id_title").fill(title)
    page.locator("#id_calendar").select_option(label=name)
    page.locator(".event-form button[type=submit]").click()
    page.goto("/agenda/agendas")
    page.get_by_role("link", name=name).click()
    sharing = page.url

    share(page, BUSY, colleague.address)
    assert_accessible(page)
    told = list_entries(other)
    assert any("Occupé" in each and name in each for each in told), told
    assert not any(title in each for each in told)

    share(page, READ, colleague.address)
    list_entries(other)
    other.locator(".entry", has_text=title).locator("a").click()
    expect(other.locator("main")).to_contain_text("vous pouvez lire", ignore_case=True)
    assert_accessible(other)

    share(page, WRITE, colleague.address)
    other.reload()
    other.locator("#id_title").fill(f"{title} au musée")
    other.locator(".event-form button[type=submit]").click()
    page.goto(f"/agenda/?vue=liste&le={DAY}")
    expect(page.locator(".entry", has_text=f"{title} au musée")).to_be_visible()
    page.goto("/mes-connexions/journal?autres")
    line = page.locator("main").get_by_text("Un événement de votre agenda a été").first
    expect(line).to_be_visible()
    expect(page.locator("main")).to_contain_text(COLLEAGUE)
    assert_accessible(page)

    last = TODAY + timedelta(days=5)
    page.goto(sharing)
    share(page, MANAGE, colleague.address, str(TODAY), str(last))
    other.goto("/agenda/agendas")
    expect(other.locator(".calendars__line", has_text=name)).to_contain_text("jusqu’au")
    assert_accessible(other)
    other.get_by_role("link", name=name).click()
    expect(other.locator(".calendars__line", has_text=COLLEAGUE)).to_be_visible()
    share(page, MANAGE, colleague.address, str(TODAY + timedelta(days=2)), str(last))  # lent later: nothing before
    other.goto("/agenda/agendas")
    expect(other.locator(".calendars__line", has_text=name)).to_have_count(0)
    page.get_by_role("button", name=f"Reprendre à {COLLEAGUE}").click()
    expect(page.locator(".calendars__line", has_text=COLLEAGUE)).to_have_count(0)

    page.locator("#team").select_option(label=TEAM)
    page.get_by_role("button", name="Confier l’agenda").click()
    expect(page.locator(".alert").first).to_contain_text("désormais celui de l’équipe")
    assert_accessible(page)
    other.goto("/agenda/agendas")
    expect(other.locator(".calendars__line", has_text=name)).to_contain_text(TEAM)
    assert any(title in each for each in list_entries(other))
