"""Making an app password, copying it, revoking it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

Open = Callable[..., Watched]
SignIn = Callable[..., None]


def test_an_app_password_is_made_copied_and_revoked(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    watched = open_page(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    sign_in(watched, demonstration.person("direction"))
    page.get_by_role("link", name="Configurer mon logiciel de messagerie").click()
    expect(page.locator("h1")).to_have_text("Configurer mon logiciel de messagerie")
    expect(page.locator("#receiving").locator("xpath=..")).to_contain_text(str(demonstration.told["imap"]["tls_port"]))
    page.get_by_label("Sur quel logiciel et quel appareil").fill("Thunderbird du bureau")
    page.get_by_role("button", name="Créer un mot de passe d’application").click()
    shown = page.get_by_role("status").filter(has_text="Thunderbird du bureau")
    secret = shown.locator("code").inner_text()
    assert_accessible(page)
    shown.get_by_role("button", name="Copier").click()
    expect(page.locator("#spoken")).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.goto("/configurer")
    expect(page.locator("body")).not_to_contain_text(secret)
    page.get_by_role(
        "button", name="Révoquer « Thunderbird du bureau »".replace("« ", "«\u202f").replace(" »", "\u202f»")
    ).click()
    expect(page.get_by_role("status").first).to_contain_text("révoqué")
    expect(page.locator("#app-passwords")).not_to_contain_text("Thunderbird du bureau")


def test_the_steps_open_one_at_a_time(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    watched = open_page()
    page = watched.page
    sign_in(watched, demonstration.person("direction"))
    page.goto("/configurer")
    page.locator("summary", has_text=re.compile(r"^\s*Thunderbird\s*$")).click()
    expect(page.locator("details[open]")).to_contain_text("Serveur entrant")
    page.get_by_text("Et POP3").click()
    expect(page.locator("details[open]")).to_have_count(1)
    expect(page.locator("details[open]")).to_contain_text("emporte le courrier")
    assert_accessible(page)


def test_sessions_are_seen_and_the_others_ended(open_page: Open, sign_in: SignIn, demonstration: Demonstration) -> None:
    head = demonstration.person("direction", 1)
    elsewhere, here = open_page(viewport=PHONE), open_page()
    sign_in(here, head)
    here.page.goto("/mes-connexions")
    sessions = here.page.locator("[aria-labelledby=sessions-title] .session")
    count = sessions.count()  # a day of theirs may have left some open
    sign_in(elsewhere, head)
    here.page.reload()
    expect(sessions).to_have_count(count + 1)
    here.page.get_by_role("button", name="Fermer toutes les autres").click()
    expect(sessions).to_have_count(1)
    elsewhere.page.goto("/")
    expect(elsewhere.page.locator("h1")).to_have_text("Se connecter")
