"""Chromium, and the demonstration it goes to: one server and one browser for all journeys."""

import base64
import hashlib
import smtplib
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import demonstration as served
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.newcomers import add_newcomers
from tests.journeys.page import Watched

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
PAGES = pytest.StashKey[list[Watched]]()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The académie that all journeys visit."""
    with served.start(tmp_path_factory.mktemp("demonstration") / "var") as started:
        yield started


@pytest.fixture(scope="session")
def chromium(demonstration: Demonstration) -> Iterator[Browser]:
    """A browser that trusts the demonstration's authority by its key, and ignores no other fault."""
    authority = x509.load_pem_x509_certificate(demonstration.ca.read_bytes())
    key = authority.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(key).digest()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, f"--ignore-certificate-errors-spki-list={trusted}"]
        )
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a journey failed, what its pages showed is told with it."""
    report = yield
    if report.failed:
        shown = [each.page for each in item.stash.get(PAGES, []) if not each.page.is_closed()]
        report.sections += [(each.url, each.locator("body").inner_text()) for each in shown]
    return report


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, chromium: Browser, demonstration: Demonstration
) -> Iterator[Callable[..., Watched]]:
    """`open_page(viewport=…, locale=…, java_script_enabled=…)`: a page of a browser that nobody has used yet.

    When the test ends, each page must have shown no console error, no refusal of the policy, no unexpected answer.
    """
    opened: list[Watched] = request.node.stash.setdefault(PAGES, [])

    def open_one(**options: Any) -> Watched:
        told = {"viewport": WIDE, "locale": "fr-FR", "base_url": demonstration.web, **options}
        context = chromium.new_context(**told)
        context.set_default_timeout(10_000)
        opened.append(Watched.open(context))
        return opened[-1]

    yield open_one
    for watched in opened:
        context = watched.page.context
        if not watched.page.is_closed():
            watched.close()
        context.close()


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """`sign_in(watched, person)`: through the form, as that person, with what they type; `wrong`: a secret that is not."""

    def fill(
        watched: Watched, person: DemoPerson, *, typed: str | None = None, secret: str | None = None,
        wrong: str | None = None,
    ) -> None:
        page = watched.page
        if "/connexion" not in page.url:
            page.goto("/connexion")
        page.locator("#id_identifier").fill(typed if typed is not None else person.identifier)
        page.locator("#id_secret").fill(wrong or secret or person.password)
        with page.expect_navigation():  # whoever goes elsewhere before the answer would not be signed in
            page.locator("form[action$='/connexion'] button[type=submit]").click()
        is_refused = page.url.endswith("/connexion")
        assert is_refused == (wrong is not None), page.locator("main").inner_text()

    return fill


@pytest.fixture(scope="session")
def newcomers(demonstration: Demonstration) -> Demonstration:
    """The same académie, in which one more person has come for each of its cases."""
    told = add_newcomers(demonstration, "cases")
    return replace(demonstration, people=served.read_people(told))


@pytest.fixture
def arrive(demonstration: Demonstration) -> Callable[[DemoPerson, bytes], None]:
    """`arrive(person, content)`: the message is in the person's inbox when this returns, as LMTP brings it."""

    def send(person: DemoPerson, content: bytes) -> None:
        lmtp = demonstration.told["lmtp"]
        with smtplib.LMTP(lmtp["host"], lmtp["port"]) as link:
            assert link.sendmail("dehors@exterieur.example", [person.address], content) == {}

    return send
