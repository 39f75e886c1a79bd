"""Auto-dépannage for every cause: somebody meets it, then reads on a phone that knows them what it is and what to do."""

import imaplib
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from corneille.desk.cause import Cause
from corneille.doors.web.help.words import explain
from tests.doors.causes.scene import QUOTA_BYTES
from tests.journeys.demonstration import Demonstration
from tests.journeys.look import LOOKS
from tests.journeys.newcomers import BORN, NOT_MET, add_newcomers
from tests.journeys.page import assert_accessible
from tests.journeys.portal.steps import Open

PHONE = LOOKS["phone-fr"].options
ADDRESS = re.compile(r"/depannage/(?:AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}|cause/[a-z-]+)")
WRONG_TRIES = 5
Newcomers = dict[Cause, dict[str, Any]]


@pytest.fixture(scope="module")
def kept_out(demonstration: Demonstration) -> Newcomers:
    """To each of them one cause has come."""
    return {Cause(each["cause"]): each for each in add_newcomers(demonstration, "causes")}


@dataclass(frozen=True)
class Meeting:
    """Who is kept out, with a browser that nobody has used."""

    person: dict[str, Any]
    page: Page
    demonstration: Demonstration

    def sign_in(self, secret: str = "") -> None:
        page = self.page
        page.goto("/connexion")
        page.locator("#id_identifier").fill(self.person["identifier"])
        page.locator("#id_secret").fill(secret or self.person["secret"])
        with page.expect_navigation():
            page.locator("form[action$='/connexion'] button[type=submit]").click()

    def why(self) -> str:
        """Where the refusal that is shown leads."""
        found = self.page.locator("main a[href*='/depannage/']").first.get_attribute("href")
        assert found is not None
        return found


def know(page: Page, person: dict[str, Any], demonstration: Demonstration) -> None:
    """The browser in which they signed in before."""
    page.context.add_cookies(
        [{"name": name, "value": value, "url": demonstration.web, "secure": True}
         for name, value in person.get("known", {}).items()]
    )  # fmt: skip


Meet = Callable[[Meeting], str]


def at_the_portal(met: Meeting) -> str:
    met.sign_in()
    return met.why()


def with_a_wrong_one(met: Meeting) -> str:
    met.sign_in("ce n’est pas lui")
    return met.why()


def with_many_wrong_ones(met: Meeting) -> str:
    for number in range(WRONG_TRIES + 1):
        met.sign_in(f"essai {number}")
    return met.why()


def by_a_program(met: Meeting) -> str:
    door = met.demonstration.told["imap"]
    trust = ssl.create_default_context(cafile=str(met.demonstration.ca))
    return refuse(imaplib.IMAP4_SSL("localhost", door["tls_port"], ssl_context=trust), met.person)


def in_clear(met: Meeting) -> str:
    return refuse(imaplib.IMAP4("localhost", met.demonstration.told["imap"]["starttls_port"]), met.person)


def refuse(program: imaplib.IMAP4, person: dict[str, Any]) -> str:
    """The address that the program's person is told."""
    with program, pytest.raises(imaplib.IMAP4.error) as refused:
        program.login(person["identifier"], person["secret"])
    found = ADDRESS.search(str(refused.value))
    assert found is not None, refused.value
    return found[0]


def with_codes(*codes: str | timedelta) -> Meet:
    """The right password and these codes, one by one: as they stand, or what the application shows so much later."""

    def meet(met: Meeting) -> str:
        begun_at, totp = datetime.now(UTC), pyotp.TOTP(met.person["seed"])
        for each in codes:
            met.page.context.clear_cookies()
            met.sign_in()
            met.page.locator("#code").fill(totp.at(begun_at + each) if isinstance(each, timedelta) else each)
            with met.page.expect_navigation():
                met.page.locator("main form.card button[type=submit]").click()
        return met.why()

    return meet


def without_the_factor(met: Meeting) -> str:
    met.sign_in()
    found = met.page.locator("a[href='/depannage/cause/factor-lost']").get_attribute("href")
    assert found is not None
    return found


def with_a_letter(met: Meeting) -> str:
    page = met.page
    page.goto("/activer")
    page.locator("#id_identifier").fill(met.person["numen"])
    page.locator("#id_birth_on").fill(str(BORN))
    page.locator("#id_code").fill(met.person["code"])
    page.locator("main form button[type=submit]").click()
    return met.why()


def by_a_draft_that_is_too_large(met: Meeting) -> str:
    page = met.page
    know(page, met.person, met.demonstration)
    page.goto("/courrier/ecrire")
    page.locator("#id_text").fill("x" * QUOTA_BYTES)
    page.locator("button[value=enregistrer]").first.click()
    return met.why()


STANDS = frozenset({Cause.SOFT_LANDING, Cause.PASSWORD_EXPIRED, Cause.SENDING_HELD})
"""Nobody is kept out by these: who is signed in reads of them."""
MEETS: dict[Cause, Meet] = {
    **dict.fromkeys(
        (Cause.OLD_PASSWORD, Cause.TAKEN_OVER, Cause.SUSPENDED, Cause.SUSPENDED_BY_GUARD, Cause.SUSPENDED_FOR_SUPPORT,
         Cause.NOT_ENTITLED, Cause.NETWORK_NOT_ALLOWED, Cause.TO_ACTIVATE, Cause.ENDED, Cause.MOVED, Cause.NOT_A_LOGIN,
         Cause.APP_PASSWORD_HERE, Cause.BAD_INPUT),
        at_the_portal,
    ),
    Cause.WRONG: with_a_wrong_one,
    Cause.SLOWED: with_many_wrong_ones,
    Cause.FACTOR_LOST: without_the_factor,
    Cause.FACTOR_WRONG: with_codes("000000"),
    Cause.FACTOR_USED: with_codes(timedelta(), timedelta()),
    Cause.FACTOR_CLOCK: with_codes(timedelta(minutes=4)),
    Cause.FACTOR_SLOWED: with_codes(*(f"{each:06}" for each in range(WRONG_TRIES + 1))),
    **dict.fromkeys((Cause.ACTIVATED, Cause.CODE_SPENT), with_a_letter),
    **dict.fromkeys(
        (Cause.APP_PASSWORD_NEEDED, Cause.APP_PASSWORD_REVOKED, Cause.APP_PASSWORD_EXPIRED, Cause.APP_PASSWORD_SCOPE),
        by_a_program,
    ),
    Cause.TLS_REFUSED: in_clear,
    Cause.QUOTA: by_a_draft_that_is_too_large,
}  # fmt: skip


def test_every_cause_is_met_or_it_is_said_why_not() -> None:
    assert {*MEETS, *STANDS, *NOT_MET} == set(Cause)


@pytest.mark.parametrize("cause", MEETS)
def test_its_person_reads_the_exact_cause_and_its_first_way_out_opens(
    open_page: Open, demonstration: Demonstration, kept_out: Newcomers, cause: Cause
) -> None:
    person = kept_out[cause]
    elsewhere = open_page(**PHONE)
    elsewhere.expected_status = {422, 429}
    address = MEETS[cause](Meeting(person, elsewhere.page, demonstration))
    phone = open_page(**PHONE)
    know(phone.page, person, demonstration)
    phone.page.goto(address)
    with translation.override("fr"):
        title = explain(cause)[0]
    expect(phone.page.locator("h1")).to_have_text(title)
    assert_accessible(phone.page)
    ways = phone.page.locator(".ways a")
    expect(phone.page.locator(".ways li")).not_to_have_count(0)
    if ways.count():
        ways.first.click()
        expect(phone.page.locator("h1")).not_to_have_text(title)
        assert_accessible(phone.page)


@pytest.mark.parametrize("cause", sorted(STANDS))
def test_who_is_signed_in_reads_what_stands_in_their_way(
    open_page: Open, demonstration: Demonstration, kept_out: Newcomers, cause: Cause
) -> None:
    page = open_page(**PHONE).page
    know(page, kept_out[cause], demonstration)
    page.goto("/depannage")
    with translation.override("fr"):
        title = explain(cause)[0]
    expect(page.locator("section.card h2", has_text=title)).to_be_visible()
    assert_accessible(page)
