"""Two colleagues and an invitation: sent from the agenda, answered in the message, moved, answered anew, cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import Dialog, Page, expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

DAY = datetime.now().date() - timedelta(days=datetime.now().weekday()) + timedelta(days=37)
"""A Wednesday in a week of its own."""
WORDS = {
    "fr-FR": {
        "asked": "Invitation : ", "yes": "Je viens", "maybe": "Peut-être", "out": "Retirer de mon agenda",
        "comes": "vient", "perhaps": "peut-être", "silent": "n’a pas répondu", "cancelled": "Annulé : ",
    },
    "en-GB": {
        "asked": "Invitation: ", "yes": "I come", "maybe": "Perhaps", "out": "Take it out of my calendar",
        "comes": "comes", "perhaps": "perhaps", "silent": "has not answered", "cancelled": "Cancelled: ",
    },
}  # fmt: skip


def open_message(page: Page, subject: str) -> None:
    page.goto("/courrier/")
    page.get_by_role("link", name=subject).first.click()
    expect(page.locator(".invitation")).to_be_visible()


def open_event(page: Page, title: str) -> None:
    page.goto(f"/agenda/?vue=liste&le={DAY}")
    page.locator(".entry", has_text=title).locator("a").click()


@pytest.mark.parametrize(
    ("viewport", "locale", "colour", "numbers"),
    [(WIDE, "fr-FR", "light", (19, 20)), (PHONE, "en-GB", "dark", (9, 7))], ids=["wide-fr", "phone-en"],
)  # fmt: skip
def test_a_colleague_is_invited_comes_and_is_told_of_each_change(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, colour: str, numbers: tuple[int, int],
) -> None:  # fmt: skip
    words, title = WORDS[locale], f"Conseil {token_hex(4)}"
    organiser, guest = (demonstration.person("enseignant", number) for number in numbers)
    mine, theirs = (open_page(viewport=viewport, locale=locale, color_scheme=colour) for _ in range(2))
    for each, person in ((mine, organiser), (theirs, guest)):
        each.page.context.add_cookies(
            [{"name": LANGUAGE_COOKIE, "value": locale[:2], "url": demonstration.web, "secure": True}]
        )
        sign_in(each, person)
    page, other = mine.page, theirs.page

    page.goto(f"/agenda/evenement/nouveau?le={DAY}&heure=14")
    page.locator("#id_title").fill(title)
    page.locator("#id_place").fill("Salle des conseils")
    page.locator("#id_guests").fill(guest.address)
    assert_accessible(page)
    page.locator(".event-form button[type=submit]").click()
    open_event(page, title)
    expect(page.locator(".event-form__guests")).to_contain_text(words["silent"])
    assert_accessible(page)

    open_message(other, words["asked"] + title)
    expect(other.locator(".invitation")).to_contain_text(organiser.address)
    assert_accessible(other)
    other.get_by_role("button", name=words["yes"], exact=True).click()
    expect(other.get_by_role("button", name=words["yes"], exact=True)).to_have_attribute("aria-pressed", "true")
    assert_accessible(other)
    page.reload()
    expect(page.locator(".event-form__guests")).to_contain_text(words["comes"])

    page.locator("#id_from_at").fill("15:30")
    page.locator("#id_until_at").fill("16:30")
    page.locator(".event-form button[type=submit]").click()
    open_event(page, title)
    expect(page.locator(".event-form__guests")).to_contain_text(words["silent"])
    open_message(other, words["asked"] + title)
    expect(other.locator(".invitation")).to_contain_text("15:30")
    expect(other.get_by_role("button", name=words["yes"], exact=True)).to_have_attribute("aria-pressed", "false")
    other.get_by_role("button", name=words["maybe"], exact=True).click()
    page.reload()
    expect(page.locator(".event-form__guests")).to_contain_text(words["perhaps"])
    open_event(other, title)  # the guest's own copy: they change it, and not whom it invites
    expect(other.locator("#id_guests")).to_have_count(0)
    assert_accessible(other)

    page.locator("button[name=portee][value=toutes]").click()
    open_message(other, words["cancelled"] + title)
    assert_accessible(other)
    other.get_by_role("button", name=words["out"]).click()
    other.goto(f"/agenda/?vue=liste&le={DAY}")
    expect(other.locator(".entry", has_text=title)).to_have_count(0)


def test_a_move_by_hand_asks_before_it_tells_those_invited(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched, title = open_page(viewport=WIDE), f"Point {token_hex(4)}"
    page = watched.page
    sign_in(watched, demonstration.person("enseignant", 8))
    page.goto(f"/agenda/evenement/nouveau?le={DAY}&heure=17")
    page.locator("#id_title").fill(title)
    page.locator("#id_guests").fill(demonstration.person("enseignant", 20).address)
    page.locator(".event-form button[type=submit]").click()
    asked = list[str]()

    def drag(*, accept: bool, is_signed_in: bool = True) -> None:
        def answer(dialog: Dialog) -> None:
            asked.append(dialog.message)
            if accept:
                dialog.accept()
            else:
                dialog.dismiss()

        page.goto(f"/agenda/?vue=semaine&le={DAY}")
        moved = page.locator("#board a", has_text=title).first
        moved.scroll_into_view_if_needed()
        box = moved.bounding_box()
        assert box is not None
        page.once("dialog", answer)
        if not is_signed_in:
            page.context.clear_cookies(name=SESSION_COOKIE)
        page.mouse.move(box["x"] + 20, box["y"] + 8)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] + 40, box["y"] + 8, steps=8)
        page.mouse.move(box["x"] + box["width"] + 42, box["y"] + 8)
        page.mouse.up()

    drag(accept=False)
    expect(page.locator("#spoken")).to_contain_text("il est revenu")
    drag(accept=True)
    expect(page.locator("#spoken")).to_contain_text("déplacé")
    assert all("1 personne est invitée" in each for each in asked)
    assert len(asked) == 2
    page.goto(f"/agenda/?vue=jour&le={DAY + timedelta(days=1)}")
    expect(page.locator("#board a", has_text=title).first).to_be_visible()
    drag(accept=True, is_signed_in=False)
    expect(page.locator("#spoken")).to_contain_text("il est revenu")
