"""A letter with pictures kept elsewhere: asked for by its reader, fetched without cookie or referrer."""

import base64
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.page import Watched, assert_accessible

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
LETTER = (
    b"From: Lettre <lettre@exterieur.example>\r\nSubject: Lettre avec images\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Voici la lettre</p>"
    b"<img src='http://exterieur.example/photo.png' width=40 height=40 alt=Photo>"
    b"<img src='https://exterieur.example/suivi.gif' width=1 height=1>\r\n"
)


@pytest.mark.parametrize(
    ("viewport", "locale", "show", "always", "take_out"),
    [
        (PHONE, "fr-FR", "Afficher les images", "Toujours pour lettre@exterieur.example", "Retirer"),
        (WIDE, "en-GB", "Show the pictures", "Always for lettre@exterieur.example", "Take out"),
    ],
    ids=["phone-fr", "wide-en"],
)
def test_pictures_are_fetched_when_the_reader_asks(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    arrive: Callable[[DemoPerson, bytes], None], viewport: dict[str, int], locale: str,
    show: str, always: str, take_out: str,
) -> None:
    person = demonstration.person("enseignant", 19 if locale == "fr-FR" else 20)
    arrive(person, LETTER)
    watched = open_page(viewport=viewport, locale=locale)
    sign_in(watched, person)
    page, asked = watched.page, list[Request]()
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": locale[:2], "url": demonstration.web, "secure": True}])
    page.on("request", lambda request: asked.append(request) if "exterieur.example" in request.url else None)
    page.route("https://exterieur.example/**", lambda route: route.fulfill(body=DOT, content_type="image/png"))
    page.goto("/courrier/")
    page.get_by_role("link", name="Lettre avec images").first.click()
    expect(page.frame_locator("iframe").get_by_text("Voici la lettre")).to_be_visible()
    assert asked == []
    fitted = re.compile(r"\d+")
    expect(page.locator("iframe")).to_have_attribute("height", fitted)  # nothing moves any more
    assert_accessible(page)
    # Asked of the network, not of the picture: a property is read by a script, which this frame refuses on the console.
    with page.expect_response("https://exterieur.example/photo.png") as came:
        page.get_by_role("button", name=show).click()
    came.value.finished()
    expect(page.get_by_role("button", name=show)).to_have_count(0)
    expect(page.frame_locator("iframe").get_by_alt_text("Photo")).to_be_visible()
    assert {each.url for each in asked} == {"https://exterieur.example/photo.png"}
    expect(page.locator("iframe")).to_have_attribute("height", fitted)
    assert not {"referer", "cookie"} & set(asked[0].all_headers())
    assert_accessible(page)

    arrive(person, LETTER)
    page.goto("/courrier/")
    page.get_by_role("link", name="Lettre avec images").first.click()
    with page.expect_response("https://exterieur.example/photo.png") as came:
        page.get_by_role("button", name=always).click()
    came.value.finished()
    page.goto("/courrier/images")
    assert_accessible(page)
    page.get_by_role("button", name=take_out).click()
    expect(page.get_by_role("button", name=take_out)).to_have_count(0)
    assert_accessible(page)
