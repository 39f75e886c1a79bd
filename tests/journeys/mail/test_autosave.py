"""A letter that saves itself: while one writes, when one leaves, when the session is lost, and when it is sent meanwhile."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, Route, expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

AUTOSAVE = "**/courrier/ecrire/brouillon"
SEND_AND_LOSE_THE_ANSWER = """async () => {
  const body = new FormData(document.querySelector("form.letter"));
  body.set("action", "envoyer");
  await fetch("/courrier/ecrire", { method: "POST", body, redirect: "manual" });
}"""


def state(page: Page) -> str:
    return page.locator(".letter__state").inner_text()


def list_drafts(page: Page, subject: str) -> int:
    page.goto("/courrier/")
    page.get_by_role("navigation", name="Dossiers").get_by_role("link", name="Brouillons").click()
    return page.get_by_role("link", name=subject).count()


@pytest.mark.parametrize(
    ("viewport", "locale", "saved"), [(PHONE, "fr-FR", "Brouillon enregistré à"), (WIDE, "en-GB", "Draft saved at")],
    ids=["phone-fr", "wide-en"],
)
def test_what_one_writes_is_saved_and_a_reload_takes_it_up(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, saved: str,
) -> None:
    watched = open_page(viewport=viewport, locale=locale)
    sign_in(watched, demonstration.person("enseignant", 13))
    page = watched.page
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": locale[:2], "url": demonstration.web, "secure": True}])
    page.goto("/courrier/ecrire")
    page.locator("#id_subject").fill("Conseil de classe")
    page.locator("#id_text").fill("Je note ici ce qui a été dit.")
    expect(page.get_by_role("status").filter(has_text=saved)).to_be_visible()
    assert_accessible(page)
    page.reload()
    assert "ce qui a été dit" in page.locator("#id_text").input_value()
    page.get_by_role("button", name="Jeter" if locale == "fr-FR" else "Throw away").click()
    expect(page.locator(".alert").first).to_be_visible()


def test_leaving_the_page_saves_without_asking(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page()
    sign_in(watched, demonstration.person("enseignant", 14))
    page, subject = watched.page, f"Parti {token_hex(4)}"
    page.goto("/courrier/ecrire")
    page.locator("#id_subject").fill(subject)
    page.goto("/courrier/recherche?q=x")
    assert list_drafts(page, subject) == 1


def test_a_lost_session_loses_no_text(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page()
    watched.expected_status |= {401, 403}
    person, subject = demonstration.person("enseignant", 15), f"Gardé {token_hex(4)}"
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/ecrire")
    page.context.clear_cookies()
    page.locator("#id_to").fill(person.address)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("Un long texte")
    expect(page.locator(".letter__state")).to_contain_text("Votre texte reste ici")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".letter__state")).to_contain_text("Votre texte reste ici")
    assert page.locator("#id_text").input_value() == "Un long texte"
    assert_accessible(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Me reconnecter").click()
    other = Watched(opened.value)
    other.page.wait_for_load_state()
    sign_in(other, person)
    expect(other.page.get_by_role("navigation", name="Navigation principale")).to_be_visible()
    other.page.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # headless windows do not lose and regain it by themselves
    expect(page.locator(".letter__state")).to_contain_text("Brouillon enregistré à")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    assert list_drafts(page, subject) == 0


def test_sending_while_the_draft_is_being_saved_leaves_no_draft(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page()
    person, subject = demonstration.person("enseignant", 16), f"Vite {token_hex(4)}"
    sign_in(watched, person)
    page = watched.page
    page.goto("/courrier/ecrire")
    held: list[Route] = []
    page.route(AUTOSAVE, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.locator("#id_to").fill(person.address)
    page.locator("#id_subject").fill(subject)
    page.wait_for_timeout(100)
    with page.expect_request(lambda asked: asked.url.endswith("brouillon") and asked.method == "POST"):
        page.locator("#id_text").fill("x")
    page.get_by_role("button", name="Envoyer").dblclick()
    held[0].continue_()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    assert list_drafts(page, subject) == 0
    page.goto("/courrier/")
    expect(page.get_by_role("link", name=subject)).to_have_count(1)


@pytest.mark.parametrize(
    ("viewport", "locale", "send", "told"),
    [(PHONE, "fr-FR", "Envoyer", "Déjà envoyé"), (WIDE, "en-GB", "Send", "Already sent")], ids=["phone-fr", "wide-en"],
)
def test_a_letter_whose_answer_was_lost_is_not_sent_again(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    viewport: dict[str, int], locale: str, send: str, told: str,
) -> None:
    watched = open_page(viewport=viewport, locale=locale)
    person, subject = demonstration.person("enseignant", 17), f"Une fois {token_hex(4)}"
    sign_in(watched, person)
    page = watched.page
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": locale[:2], "url": demonstration.web, "secure": True}])
    page.goto("/courrier/ecrire")
    page.locator("#id_to").fill(person.address)
    page.locator("#id_subject").fill(subject)
    page.evaluate(SEND_AND_LOSE_THE_ANSWER)
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(told)
    assert_accessible(page)
    page.goto("/courrier/")
    expect(page.get_by_role("link", name=subject)).to_have_count(1)


def test_without_scripts_the_button_saves(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(java_script_enabled=False)
    sign_in(watched, demonstration.person("enseignant", 17))
    page, subject = watched.page, f"Sans {token_hex(4)}"
    page.goto("/courrier/ecrire")
    page.locator("#id_subject").fill(subject)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.locator(".alert").first).to_contain_text("enregistré")
    assert list_drafts(page, subject) == 1
