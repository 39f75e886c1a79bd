"""What programs fetch by themselves: from the declared settings, and never a word about who exists."""

import pytest

from corneille.access.offer import read_offer
from corneille.people.find import Person
from corneille.wire.autoconfig.autodiscover import OUTLOOK
from corneille.wire.autoconfig.mozilla import format_config
from tests.doors.web.conftest import Browser, json_of, text_of
from tests.wire.autoconfig.test_formats import REQUEST

KNOWN, UNKNOWN = "claire.lemoine@ac-demonstration.test", "personne@ac-demonstration.test"
AUTOCONFIG = ("/.well-known/autoconfig/mail/config-v1.1.xml", "/mail/config-v1.1.xml")


def ask_outlook(browser: Browser, content: str, path: str = "/autodiscover/autodiscover.xml") -> str:
    answer = browser.client.post(path, content.encode(), content_type="text/xml", secure=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml"
    return answer.content.decode()


@pytest.mark.parametrize("path", AUTOCONFIG)
def test_thunderbirds_file_says_what_the_settings_say(browser: Browser, teacher: Person, path: str) -> None:
    answers = [browser.get(f"{path}?emailaddress={address}") for address in (KNOWN, UNKNOWN)]
    assert answers[0].content == answers[1].content == format_config(read_offer())
    assert answers[0].headers["Content-Type"] == "application/xml"
    assert "max-age=3600" in answers[0].headers["Cache-Control"]


def test_outlook_is_answered_alike_for_an_address_that_exists_and_one_that_does_not(
    browser: Browser, teacher: Person
) -> None:
    known, unknown = (ask_outlook(browser, REQUEST.format(address, OUTLOOK)) for address in (KNOWN, UNKNOWN))
    assert "<Type>IMAP</Type>" in known
    assert known.replace(KNOWN, UNKNOWN) == unknown


@pytest.mark.parametrize(
    "path", ["/Autodiscover/Autodiscover.xml", "/AutoDiscover/AutoDiscover.xml", "/AUTODISCOVER/AUTODISCOVER.XML"]
)
def test_outlooks_path_is_taken_in_any_case(browser: Browser, teacher: Person, path: str) -> None:
    assert "<Type>SMTP</Type>" in ask_outlook(browser, REQUEST.format(KNOWN, OUTLOOK), path)


def test_a_request_that_is_too_long_is_not_even_read(browser: Browser, teacher: Person) -> None:
    padded = REQUEST.format(KNOWN, OUTLOOK) + " " * 20_000
    assert "<ErrorCode>600</ErrorCode>" in ask_outlook(browser, padded)


@pytest.mark.parametrize(
    "path",
    [
        "/autodiscover/autodiscover.json?Email=x@ac-demonstration.test&Protocol=AutodiscoverV1",
        "/Autodiscover/Autodiscover.json/v1.0/x@ac-demonstration.test?Protocol=AutodiscoverV1",
    ],
)
def test_newer_outlooks_are_led_to_the_xml(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert json_of(answer) == {"Protocol": "AutodiscoverV1", "Url": "https://localhost/autodiscover/autodiscover.xml"}
    assert browser.get(path.replace("AutodiscoverV1", "ActiveSync")).status_code == 400


@pytest.mark.parametrize(
    "name", ["autoconfig.ac-demonstration.test", "ac-demonstration.test", "autodiscover.ac-demonstration.test"]
)
def test_under_the_names_that_programs_look_for_the_rest_is_at_the_portal(
    browser: Browser, teacher: Person, name: str
) -> None:
    assert browser.get(AUTOCONFIG[1], Host=name).status_code == 200
    led = browser.get("/connexion?next=/courrier/", Host=f"{name}:443")
    assert (led.status_code, led.headers["Location"]) == (302, "https://localhost/connexion?next=/courrier/")
    assert not led.cookies


def test_the_page_offers_the_profile_and_its_square(browser: Browser, teacher: Person) -> None:
    browser.sign_in(teacher.identifier)
    page = text_of(browser.get("/configurer"))
    assert 'href="/configurer/profil.mobileconfig"' in page
    assert page.count("<svg") > page.count("<use")  # one drawing that is no sign of the sprite


def test_an_app_password_for_mail_comes_with_a_square_and_one_for_calendars_with_none(
    browser: Browser, teacher: Person
) -> None:
    browser.sign_in(teacher.identifier)
    told = "Importer les paramètres"
    assert told in text_of(browser.post("/configurer", {"label": "Téléphone", "opens": "mail"}))
    assert told not in text_of(browser.post("/configurer", {"label": "Agenda", "opens": "calendars"}))
