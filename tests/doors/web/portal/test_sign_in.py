"""The sign-in page: who comes in, what a refused person reads, and what the browser is told to keep."""

import re

import pytest

from corneille.access.activity import list_attempts
from corneille.doors.web import cookies
from corneille.people.find import Person
from tests.doors.web.conftest import NUMEN, ORIGIN, PASSWORD, Browser, text_of

REFERENCE = re.compile(r"AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.mark.parametrize(
    "typed",
    [
        "clemoine", " CLemoine ", "claire.lemoine@ac-demonstration.test", "Claire.Lemoine@AC-Rouen.test",
        NUMEN, NUMEN.lower(),
    ],
)  # fmt: skip
def test_identifier_addresses_and_numen_lead_to_the_same_account(browser: Browser, teacher: Person, typed: str) -> None:
    response = browser.sign_in(typed)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert "Claire Lemoine" in text_of(browser.get("/affichage"))


def test_a_wrong_password_gets_a_reference_that_the_owner_finds(browser: Browser, teacher: Person) -> None:
    response = browser.sign_in("clemoine", "pas celui-ci")
    page = text_of(response)
    assert "ne correspondent pas" in page
    reference = REFERENCE.search(page)
    assert reference is not None
    assert 'value="clemoine"' in page
    assert "pas celui-ci" not in page
    attempt = list_attempts(teacher.id, 1)[0]
    assert (attempt.reference, attempt.decision) == (reference[0], "refused")
    browser.sign_in("clemoine")
    seen = text_of(browser.get("/mes-connexions"))
    assert reference[0] in seen
    assert "Mot de passe incorrect" in seen
    assert "192.0.2.17" in seen
    assert "Firefox" in seen


def test_an_unknown_identifier_reads_the_same_words_as_a_wrong_password(browser: Browser, teacher: Person) -> None:
    def words(identifier: str) -> str:
        page = text_of(browser.sign_in(identifier, "pas celui-ci"))
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|challenge&quot;[^,]+', "", REFERENCE.sub("", page))
        return page.replace(identifier, "")

    assert words("clemoine") == words("jdupont")


def test_a_place_that_tried_too_many_passwords_is_told_until_when(browser: Browser, teacher: Person) -> None:
    for number in range(5):
        browser.sign_in("clemoine", f"essai numero {number}")
    response = browser.sign_in("clemoine", "encore un essai")
    assert response.status_code == 429
    assert re.search(r"recommencer à partir de <strong>\d{1,2}\xa0h\xa0\d\d</strong>", text_of(response))
    assert REFERENCE.search(text_of(response))


def test_an_empty_form_names_each_field_and_no_attempt_is_made(browser: Browser, teacher: Person) -> None:
    page = text_of(browser.post("/connexion", {"identifier": "", "secret": ""}))
    assert 'href="#id_identifier"' in page
    assert 'href="#id_secret"' in page
    assert 'aria-invalid="true"' in page
    assert list_attempts(teacher.id, 5) == []


@pytest.mark.parametrize("field", ["identifier", "secret"])
def test_a_megabyte_is_answered_like_any_fault_of_typing(browser: Browser, teacher: Person, field: str) -> None:
    typed = {"identifier": "clemoine", "secret": PASSWORD, field: "x" * 1_000_000}
    response = browser.post("/connexion", typed)
    assert response.status_code == 200
    assert "plus long" in text_of(response)
    assert cookies.SESSION_COOKIE not in response.cookies


def test_ten_megabytes_are_too_much(browser: Browser, teacher: Person) -> None:
    response = browser.post("/connexion", {"identifier": "x" * 10_000_000, "secret": "y"})
    assert response.status_code == 413
    assert "volumineux" in text_of(response)


@pytest.mark.parametrize("typed", ["a\0b", "a\r\nSet-Cookie: x=y", "'; DROP TABLE", "<script>alert(1)</script>", "é" * 300])
def test_strange_identifiers_are_refused_in_plain_words(browser: Browser, teacher: Person, typed: str) -> None:
    response = browser.sign_in(typed, PASSWORD)
    assert response.status_code == 200
    assert "x" not in response.cookies
    assert "<script>alert" not in text_of(response)


def test_signing_in_gives_a_new_session_and_a_device_cookie_made_for_this_host_alone(
    browser: Browser, teacher: Person
) -> None:
    response = browser.sign_in("clemoine")
    for name in (cookies.SESSION_COOKIE, cookies.DEVICE_COOKIE):
        cookie = response.cookies[name]
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/", "//evil.test/", "/\\evil.test", "http:evil.test", "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x=y\r\nx", "\t//evil.test", "evil.test", "///evil.test",
    ],
)  # fmt: skip
def test_next_leads_nowhere_but_to_this_site(browser: Browser, teacher: Person, target: str) -> None:
    response = browser.sign_in("clemoine", next=target)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_asked(browser: Browser, teacher: Person) -> None:
    asked = browser.get("/mes-connexions?page=2")
    assert asked.headers["Location"] == "/connexion?next=%2Fmes-connexions%3Fpage%3D2"
    response = browser.sign_in("clemoine", next="/mes-connexions?page=2")
    assert response.headers["Location"] == "/mes-connexions?page=2"


def test_a_form_without_its_token_is_refused_with_a_page_that_helps(browser: Browser, teacher: Person) -> None:
    response = browser.post("/connexion", {"identifier": "clemoine", "secret": PASSWORD}, token=False)
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in text_of(response)
    assert cookies.SESSION_COOKIE not in response.cookies


def test_a_form_from_another_site_is_refused_even_with_its_token(browser: Browser, teacher: Person) -> None:
    sent = {"identifier": "clemoine", "secret": PASSWORD}
    assert browser.post("/connexion", sent, Origin="https://evil.test").status_code == 403
    assert browser.post("/connexion", sent, Origin=ORIGIN).status_code == 302


def test_signing_out_ends_the_session_and_only_on_post(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    key = browser.client.cookies[cookies.SESSION_COOKIE].value
    assert browser.get("/deconnexion").status_code == 200
    assert browser.get("/").status_code == 200
    assert browser.post("/deconnexion", {}).status_code == 302
    browser.client.cookies[cookies.SESSION_COOKIE] = key
    assert browser.get("/").headers["Location"] == "/connexion"


def test_who_is_signed_in_goes_on_from_the_sign_in_page(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert browser.get("/connexion").headers["Location"] == "/"
