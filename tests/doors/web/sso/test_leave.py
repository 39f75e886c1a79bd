"""Signing out from a service."""

from collections.abc import Callable
from urllib.parse import urlencode

from corneille.people.find import Person
from tests.doors.web.conftest import Browser, json_of, text_of
from tests.doors.web.sso.conftest import LEFT, Service, returned

Register = Callable[..., Service]


def test_signing_out_is_asked_then_leads_back_to_the_service(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    hint = json_of(mina.exchange(returned(mina.open())["code"]))["id_token"]
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": LEFT, "state": "fin"}
    page = browser.get("/oidc/logout?" + urlencode(asked))
    assert page.status_code == 200
    assert "MINA" in text_of(page)
    assert browser.get("/mes-connexions").status_code == 200  # a link alone ends nothing
    gone = browser.post("/oidc/logout", {**asked, "quitter": "1"})
    assert gone.headers["Location"] == LEFT + "?state=fin"
    assert browser.get("/mes-connexions").status_code == 302


def test_another_site_cannot_end_the_session(register: Register, browser: Browser, teacher: Person) -> None:
    register()
    browser.sign_in(teacher.identifier)
    assert browser.post("/oidc/logout", {"quitter": "1"}, token=False, Origin="https://mina.example").status_code == 403
    assert browser.get("/mes-connexions").status_code == 200


def test_nobody_is_led_to_an_address_that_was_not_registered(register: Register, browser: Browser) -> None:
    register()
    for address, hint in (("https://voleur.example/", ""), (LEFT, "faux.jeton.signé")):
        told = {"client_id": "" if hint else "mina", "id_token_hint": hint, "post_logout_redirect_uri": address}
        assert browser.get("/oidc/logout?" + urlencode(told)).headers["Location"] == "/connexion"


def test_who_has_left_already_goes_straight_back(register: Register, browser: Browser) -> None:
    register()
    told = {"client_id": "mina", "post_logout_redirect_uri": LEFT}
    assert browser.get("/oidc/logout?" + urlencode(told)).headers["Location"] == LEFT
