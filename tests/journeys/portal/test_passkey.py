"""A passkey, walked as its owner would, with the browser's own virtual authenticator."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.look import BOTH, Look
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
SignIn = Callable[..., None]


class Key:
    """An authenticator in this browser: a phone's own, or a key that is plugged in."""

    def __init__(self, page: Page, *, is_verifying: bool = True, kind: str = "internal") -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable", {"enableUI": False})
        options = {
            "protocol": "ctap2",
            "transport": kind,
            "hasResidentKey": is_verifying,
            "hasUserVerification": is_verifying,
            "isUserVerified": is_verifying,
            "automaticPresenceSimulation": True,
        }
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        told = self._session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return list(told["credentials"])

    def be_touched(self, touched: bool) -> None:
        """Whether its person touches it when it is asked."""
        asked = {"authenticatorId": self.id, "enabled": touched}
        self._session.send("WebAuthn.setAutomaticPresenceSimulation", asked)


def set_key(watched: Watched, sign_in: SignIn, person: DemoPerson, label: str) -> None:
    page = watched.page
    sign_in(watched, person)
    expect(page.locator(".menu__name")).to_have_count(1)
    page.goto("/second-facteur")
    page.locator("a[href='/second-facteur/cle']").click()
    page.locator("#label").fill(label)
    assert_accessible(page)
    page.locator("form.passkey button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/second-facteur$"))
    expect(page.locator(".session", has_text=label)).to_have_count(1)


def leave(page: Page) -> None:
    """Signs out and loses the cookie that makes this browser known."""
    page.context.clear_cookies()
    page.goto("/connexion")


@BOTH
def test_a_passkey_is_set_then_signs_in_alone(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, look: Look
) -> None:
    person = demonstration.changed(f"passkey-{look.name}")
    watched = open_page(**look.options)
    page, key = watched.page, Key(watched.page)
    key.be_touched(True)
    set_key(watched, sign_in, person, "Téléphone bleu")
    assert len(key.credentials()) == 1
    assert_accessible(page)
    leave(page)
    # The browser offers it where one types the identifier, and this person accepts: nothing is typed.
    expect(page.locator(".menu__name")).to_have_text(person.name)


def test_the_button_serves_where_the_browser_offers_nothing_by_itself(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.changed("passkey-button")
    watched = open_page(viewport=PHONE, color_scheme="dark")
    page, key = watched.page, Key(watched.page)
    set_key(watched, sign_in, person, "Portable")
    key.be_touched(False)
    leave(page)
    assert_accessible(page)
    key.be_touched(True)
    page.locator("form.passkey button[type=submit]").click()
    expect(page.locator(".menu__name")).to_have_text(person.name)


def test_a_key_that_is_only_touched_follows_the_password_and_one_refused_is_explained(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.changed("security-key")
    watched = open_page(viewport=WIDE)
    page, key = watched.page, Key(watched.page, is_verifying=False, kind="usb")
    set_key(watched, sign_in, person, "Clé USB")
    leave(page)
    sign_in(watched, person)
    expect(page).to_have_url(re.compile(r"/connexion/deuxieme-etape$"))
    assert_accessible(page)
    other = open_page(viewport=PHONE)
    Key(other.page, is_verifying=False, kind="usb")
    sign_in(other, person)
    other.page.locator("form.passkey button[type=submit]").click()
    expect(other.page.locator(".passkey__told")).to_contain_text("Rien n’a été confirmé")
    assert_accessible(other.page)
    page.locator("form.passkey button[type=submit]").click()
    expect(page.locator(".menu__name")).to_have_text(person.name)
    assert key.credentials()[0]["signCount"] > 0


def test_a_passkey_confirms_who_one_is_and_opens_a_new_password(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration
) -> None:
    person = demonstration.changed("passkey-confirms")
    watched = open_page(viewport=PHONE)
    page, key = watched.page, Key(watched.page)
    set_key(watched, sign_in, person, "Tablette")
    page.goto("/confirmer?next=/configurer")
    assert_accessible(page)
    page.locator("form.passkey button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"^[^?]*/configurer$"))  # not the page that asks, which names it
    key.be_touched(False)
    leave(page)
    page.goto("/mot-de-passe-oublie")
    assert_accessible(page)
    key.be_touched(True)
    page.locator("form.passkey button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie/nouveau$"))
    for field in ("#id_new", "#id_again"):
        page.locator(field).fill("moulin-azur-carafe-63")
    page.locator("main form button[type=submit]").click()
    # The sign-in page that follows takes the passkey by itself, and goes on to what is to be looked at.
    expect(page).to_have_url(re.compile(r"^[^?]*/mot-de-passe/revue$"))  # not the sign-in page that names it
