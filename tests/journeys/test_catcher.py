"""The pages of what left the demonstration: read by whoever tries it, on a phone too."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
WAIT_MS = 15_000
SUBJECT = "Sortie au musée — " + "autorisation" * 12
LOOKS = pytest.mark.parametrize(
    ("viewport", "color_scheme"), [(PHONE, "light"), (PHONE, "dark"), (WIDE, "light"), (WIDE, "dark")]
)


@pytest.fixture(scope="module", autouse=True)
def left(demonstration: Demonstration) -> None:
    """A message with long lines has been written to the outside."""
    person, door = demonstration.person("enseignant", 1), demonstration.told["submission"]
    trust = ssl.create_default_context(cafile=str(demonstration.ca))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = person.address, "ami@example.org", SUBJECT
    message.set_content(f"Bonjour {'très ' * 60}{'long' * 90}\n")
    with smtplib.SMTP_SSL("localhost", door["tls_port"], context=trust) as link:
        link.login(person.identifier, person.app_password)
        assert link.send_message(message) == {}


@LOOKS
def test_what_left_can_be_listed_and_read(
    open_page: Open, demonstration: Demonstration, viewport: dict[str, int], color_scheme: str
) -> None:
    page = open_page(viewport=viewport, color_scheme=color_scheme).page
    row = page.locator("tr", has_text="Sortie au musée").first
    for _again in range(WAIT_MS // 250):
        page.goto(demonstration.told["pages"]["catcher"])
        if row.count():
            break
        page.wait_for_timeout(250)
    assert_accessible(page)
    row.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Sortie au musée")
    expect(page.locator("pre")).to_contain_text("Bonjour très")
    assert_accessible(page)


@LOOKS
def test_a_message_can_be_made_to_arrive_and_a_refusal_says_why(
    open_page: Open, demonstration: Demonstration, viewport: dict[str, int], color_scheme: str
) -> None:
    watched = open_page(viewport=viewport, color_scheme=color_scheme)
    watched.expected_status = {400}
    page = watched.page
    page.goto(demonstration.told["pages"]["catcher"])
    page.locator("#to").fill(demonstration.person("enseignant", 2).address)
    page.get_by_role("button", name="Faire arriver").click()
    expect(page.get_by_role("status")).to_contain_text("Le message est arrivé")
    assert_accessible(page)
    page.locator("#to").fill(f"personne@{demonstration.told['domain']}")
    page.get_by_role("button", name="Faire arriver").click()
    expect(page.locator("h1")).to_contain_text("Non remis")
    expect(page.locator("main")).to_contain_text("550")
    assert_accessible(page)
