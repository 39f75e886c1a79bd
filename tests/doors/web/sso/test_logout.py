"""The end of a session, whoever ends it, is told to the services that it led to (OpenID Connect Back-Channel Logout 1.0)."""

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from joserfc import jwt
from joserfc.jwk import KeySet

from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.not_me import disown, make_link
from corneille.access.password import set_password
from corneille.access.session import end_other_sessions, end_session, list_sessions
from corneille.doors.frame.tls_settings import Tls
from corneille.kernel import clock
from corneille.people.find import Person
from corneille.run.certificate import find_certificate
from corneille.sso.client import close_client
from corneille.sso.logout import GIVEN_UP_AFTER, forget_logouts, note_ended, send_due
from corneille.sso.logout_token import EVENT
from corneille.sso.models import Logout
from corneille.sso.post_form import Unreached, post_form
from corneille.sso.sso_settings import Sso
from tests.doors.web.conftest import Browser, json_of
from tests.doors.web.sso.conftest import Service, returned

Register = Callable[..., Service]
END = "https://mina.example/fin"
MINUTE = timedelta(minutes=1)


class Told:
    """A service that is told, or away."""

    def __init__(self) -> None:
        self.answer: int | None = 200
        self.tokens: list[str] = []

    def __call__(self, url: str, form: dict[str, str]) -> int:
        assert url == END
        if self.answer is None:
            raise Unreached("away")
        self.tokens.append(form["logout_token"])
        return self.answer


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def signed_on(register: Register, browser: Browser, teacher: Person) -> dict[str, Any]:
    """The teacher is at MINA; the claims of their ID token."""
    mina = register(logout_uri=END)
    browser.sign_in(teacher.identifier)
    return mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])


def tell(told: Told, now: datetime | None = None) -> int:
    at = now or clock.now()
    note_ended(at)
    return send_due(at, told)


def test_the_word_is_signed_for_the_service_and_names_the_session(
    signed_on: dict[str, Any], browser: Browser, told: Told
) -> None:
    assert tell(told) == 0  # the session still lasts
    browser.post("/deconnexion", {})
    assert tell(told) == 1
    keys = KeySet.import_key_set(json_of(browser.get("/oidc/keys")))
    read = jwt.decode(told.tokens[0], keys, algorithms=["RS256"])
    assert read.header["typ"] == "logout+jwt"
    assert {name: read.claims[name] for name in ("iss", "aud", "sub", "sid")} == {
        name: signed_on[name] for name in ("iss", "aud", "sub", "sid")
    }
    assert read.claims["events"] == {EVENT: {}}
    assert read.claims["exp"] - read.claims["iat"] == 120
    assert "nonce" not in read.claims
    assert tell(told) == 0  # once
    assert not Logout.objects.exists()


def _end_here(browser: Browser, person: Person) -> None:
    end_session(person.id, list_sessions(person.id)[0].id, clock.now())


def _end_others(browser: Browser, person: Person) -> None:
    end_other_sessions(person.id, "", clock.now())


def _leave_at_service(browser: Browser, person: Person) -> None:
    browser.post("/oidc/logout", {"quitter": "1"})


def _suspend(browser: Browser, person: Person) -> None:
    contain(person.id, Containment.SUSPEND, "stolen", {}, clock.now(), by="test")


def _reset(browser: Browser, person: Person) -> None:
    set_password(person.id, "un-autre-tres-long-mot-de-passe-62", clock.now())


def _disown(browser: Browser, person: Person) -> None:
    disown(make_link(person.id, clock.now()).removeprefix("/pas-moi/"), clock.now())


def _grow_old(browser: Browser, person: Person) -> None:
    Session.objects.update(expire_date=clock.now())


@pytest.mark.parametrize("end", [_end_here, _end_others, _leave_at_service, _suspend, _reset, _disown, _grow_old])
def test_every_way_in_which_a_session_ends(
    signed_on: dict[str, Any], browser: Browser, teacher: Person, told: Told, end: Callable[[Browser, Person], None]
) -> None:
    end(browser, teacher)
    assert tell(told) == 1


def test_one_word_for_many_visits_of_one_session(register: Register, browser: Browser, teacher: Person, told: Told) -> None:
    mina = register(logout_uri=END)
    browser.sign_in(teacher.identifier)
    sids = {mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])["sid"] for _ in range(3)}
    assert len(sids) == 1
    browser.post("/deconnexion", {})
    assert tell(told) == 1


def test_a_service_that_is_away_is_told_later(
    signed_on: dict[str, Any], browser: Browser, told: Told
) -> None:
    browser.post("/deconnexion", {})
    now, told.answer = clock.now(), None
    assert tell(told, now) == 0
    told.answer = 400
    assert [tell(told, now + MINUTE - timedelta(seconds=1)), len(told.tokens)] == [0, 0]  # not yet
    assert [tell(told, now + MINUTE), len(told.tokens)] == [0, 1]
    told.answer = 204
    assert tell(told, now + 2 * MINUTE) == 0  # the pause is twice as long
    assert tell(told, now + 3 * MINUTE) == 1
    assert len(set(told.tokens)) == 2  # each try has a token of its own


def test_what_nobody_takes_for_a_day_is_given_up(signed_on: dict[str, Any], browser: Browser, told: Told) -> None:
    browser.post("/deconnexion", {})
    now, told.answer = clock.now(), None
    tell(told, now)
    assert forget_logouts(now + GIVEN_UP_AFTER) == 0
    assert forget_logouts(now + GIVEN_UP_AFTER + MINUTE) == 1


def test_who_never_asked_to_be_told_and_who_is_closed_hears_nothing(
    register: Register, browser: Browser, teacher: Person, told: Told
) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    returned(mina.open())
    browser.post("/deconnexion", {})
    assert tell(told) == 0
    assert not Logout.objects.exists()


def test_a_service_that_was_closed_meanwhile_is_not_told(signed_on: dict[str, Any], browser: Browser, told: Told) -> None:
    close_client("mina", clock.now(), by="test")
    browser.post("/deconnexion", {})
    assert tell(told) == 0


def test_discovery_says_so(browser: Browser, teacher: Person) -> None:
    document = json_of(browser.get("/.well-known/openid-configuration"))
    assert document["backchannel_logout_supported"] is True
    assert document["backchannel_logout_session_supported"] is True


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.read = self.rfile.read(int(self.headers["Content-Length"]))  # type: ignore[attr-defined]
        self.send_response({"/ailleurs": 302}.get(self.path, 200))
        self.send_header("Location", "/fin")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[str, str, http.server.HTTPServer]]:
    """A real service over TLS on this machine: its address, its authority, and what it read last."""
    made = find_certificate(Tls(), tmp_path, "localhost", clock.now())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.chain, made.key)
    server = http.server.HTTPServer(("127.0.0.1", 0), _Answers)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://localhost:{server.server_address[1]}", str(made.authority), server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_form_goes_over_tls_to_where_services_may_be_and_follows_nothing(
    service: tuple[str, str, http.server.HTTPServer],
) -> None:
    url, authority, server = service
    here = Sso(logout_networks=("127.0.0.0/8",)).read_networks()
    assert post_form(f"{url}/fin", {"logout_token": "a&b"}, networks=here, authority=authority) == 200
    assert server.read == b"logout_token=a%26b"  # type: ignore[attr-defined]
    assert post_form(f"{url}/ailleurs", {}, networks=here, authority=authority) == 302
    with pytest.raises(Unreached, match="logout_networks"):
        post_form(f"{url}/fin", {}, networks=(), authority=authority)
    with pytest.raises(Unreached, match="CERTIFICATE_VERIFY_FAILED"):
        post_form(f"{url}/fin", {}, networks=here, authority="")
