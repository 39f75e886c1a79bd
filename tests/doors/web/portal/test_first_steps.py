"""« Premiers pas » and the home page count what is left, until nothing is."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneille.access.app_password import create_app_password
from corneille.calendar.holidays import subscribe
from corneille.kernel import clock
from corneille.people.find import Person
from tests.doors.web.conftest import Browser, text_of


def test_the_home_page_says_how_much_is_left_and_leads_there(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    before = _read_left(browser)
    create_app_password(teacher.id, "Thunderbird", frozenset({"imap"}), clock.now())
    assert _read_left(browser) == before - 1
    subscribe(teacher.id, "B", clock.now())
    assert _read_left(browser) == before - 2


def test_the_home_page_lists_app_passwords_once(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/")
    assert sum('FROM "access_apppassword"' in each["sql"] for each in asked) == 1


def _read_left(browser: Browser) -> int:
    """The home page's number, which the page of first steps says too."""
    page = text_of(browser.get("/"))
    left = int(page.split("/premiers-pas", 2)[2].split("<strong>")[1].split("</strong>")[0])
    assert f"{left} chose" in text_of(browser.get("/premiers-pas"))
    return left
