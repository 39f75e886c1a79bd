"""Locked out of everything: the head of school makes a letter, and its person gets in with it, alone."""

import re
import zlib
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.look import BOTH, Look
from tests.journeys.page import Watched, assert_accessible
from tests.journeys.portal.steps import NEW, Open, SignIn

CODE = re.compile(rb"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
NO_CODE = "AAAA-AAAA"
REFUSED = "Cela ne correspond pas", "This does not go together"
USED = "a servi ou est trop ancien", "is used or too old"


def drop_contact(watched: Watched, person: DemoPerson) -> None:
    """Who has a recovery contact would be sent there."""
    page = watched.page
    page.goto("/coordonnees-de-secours")
    buttons = page.locator("form[action$='/coordonnees-de-secours/retirer'] button")
    for button in buttons.all():
        button.click()
    expect(buttons).to_have_count(0)


def make_letter(watched: Watched, person: DemoPerson) -> bytes:
    """What the head of school saves, each page of the way judged."""
    page = watched.page
    page.goto("/etablissement/activations")
    page.locator("main a[href='/etablissement/deblocage']").click()
    assert_accessible(page)
    page.locator("#id_qui").fill("personne.ici")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#id_qui")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    page.locator("#id_qui").fill(person.numen)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(person.name)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    assert_accessible(page)
    page.locator("input[name=lost][value=password]").check()
    page.locator("input[name=way][value=seen-known]").check()
    assert_accessible(page)
    with page.expect_download() as saved:
        page.locator("main form button[type=submit]").click()
    return Path(saved.value.path()).read_bytes()


def read_code(letter: bytes) -> str:
    """The code, as it is printed."""
    words = re.search(rb"/Filter /FlateDecode\s+/Length \d+\s+>>\s+stream\n(.*?)\nendstream", letter, re.DOTALL)
    assert words is not None
    (code,) = set(CODE.findall(zlib.decompress(words[1])))
    return str(code, "ascii")


def type_letter(page: Page, person: DemoPerson, born: str, code: str) -> None:
    page.locator("#id_identifier").fill(person.identifier)
    page.locator("#id_birth_on").fill(born)
    page.locator("#id_code").fill(code)
    page.locator("main form button[type=submit]").click()


@BOTH
def test_a_head_of_school_makes_a_letter_and_its_person_gets_in_once(
    open_page: Open, sign_in: SignIn, demonstration: Demonstration, look: Look
) -> None:
    person = demonstration.changed(f"unlocked-{look.name}")
    before, head = (open_page(**look.options) for _ in range(2))
    sign_in(before, person)
    drop_contact(before, person)
    sign_in(head, demonstration.person("direction"))
    code = read_code(make_letter(head, person))
    locked_out = open_page(**look.options)
    page = locked_out.page
    page.goto("/mot-de-passe-oublie")
    way = page.locator("a[href='/mot-de-passe-oublie/lettre']")
    page.locator("main details", has=way).locator("summary").click()
    way.click()
    assert_accessible(page)
    other_day = str(date.fromisoformat(person.birth_on) + timedelta(days=1))
    for born, typed in ((person.birth_on, NO_CODE), (other_day, code)):
        type_letter(page, person, born, typed)
        expect(page.get_by_role("alert").first).to_contain_text(look.say(*REFUSED))
        assert_accessible(page)
    type_letter(page, person, person.birth_on, code.lower())
    expect(page).to_have_url(re.compile(r"/mot-de-passe-oublie/nouveau$"))
    assert_accessible(page)
    page.locator("#id_new").fill(NEW)
    page.locator("#id_again").fill(NEW)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/connexion\?next=/mot-de-passe/revue$"))
    sign_in(locked_out, person, secret=NEW)
    expect(page).to_have_url(re.compile(r"/mot-de-passe/revue$"))
    assert_accessible(page)
    later = open_page(**look.options).page
    later.goto("/mot-de-passe-oublie/lettre")
    type_letter(later, person, person.birth_on, code)
    expect(later.get_by_role("alert").first).to_contain_text(look.say(*USED))
    assert_accessible(later)
