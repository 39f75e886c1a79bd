"""A registered service, whose program is Authlib's client: the flow is the one that services really make."""

import base64
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pyotp
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.http import HttpResponse
from joserfc import jwt
from joserfc.jwk import KeySet

from corneille.access.factor import begin_totp, confirm_totp
from corneille.access.facts import SecondProof
from corneille.kernel import clock
from corneille.people.find import Person
from corneille.sso.client import NewClient, add_client
from tests.doors.web.conftest import Browser, json_of

NOW = datetime(2026, 9, 1, tzinfo=UTC)
BACK = "https://mina.example/retour"
LEFT = "https://mina.example/au-revoir"
MINA = NewClient("mina", "MINA", "https://mina.example/", (BACK,), (LEFT,), ("Vos missions.", "Your tasks."))


class Service:
    """« MINA »: sends somebody's browser here, and exchanges what comes back."""

    def __init__(self, browser: Browser, slug: str, secret: str) -> None:
        self.browser, self.slug, self.secret = browser, slug, secret
        self.verifier = secrets.token_urlsafe(48)

    def make_address(self, **more: str) -> str:
        asked = {
            "response_type": "code", "client_id": self.slug, "redirect_uri": BACK, "scope": "openid profile email",
            "state": "etat", "nonce": "unique", "code_challenge": create_s256_code_challenge(self.verifier),
            "code_challenge_method": "S256", **more,
        }  # fmt: skip
        return "/oidc/authorize?" + urlencode({name: value for name, value in asked.items() if value})

    def open(self, **more: str) -> HttpResponse:
        return self.browser.get(self.make_address(**more))

    def exchange(self, code: str, **more: str) -> HttpResponse:
        basic = base64.b64encode(f"{self.slug}:{more.pop('secret', self.secret)}".encode()).decode()
        told = {
            "code": code, "redirect_uri": BACK, "code_verifier": self.verifier, "grant_type": "authorization_code",
            **more,
        }  # fmt: skip
        return self.browser.post("/oidc/token", told, token=False, Authorization=f"Basic {basic}")

    def read(self, id_token: str) -> dict[str, Any]:
        keys = KeySet.import_key_set(json_of(self.browser.get("/oidc/keys")))
        return dict(jwt.decode(id_token, keys, algorithms=["RS256"]).claims)


def returned(response: HttpResponse) -> dict[str, str]:
    """What came back to the service in its address."""
    assert response.status_code == 302, response.content.decode()
    assert response.headers["Location"].startswith(BACK + "?"), response.headers["Location"]
    return dict(parse_qsl(urlsplit(response.headers["Location"]).query))


@pytest.fixture
def register(browser: Browser, teacher: Person) -> Callable[..., Service]:
    """`register(audience=…, needs_second_factor=…)`."""

    def add(**more: Any) -> Service:
        return Service(browser, "mina", add_client(replace(MINA, **more), NOW, by="test"))

    return add


def enrol_totp(person: Person) -> str:
    """The person has an authenticator application since an hour ago; its seed."""
    then = clock.now() - timedelta(hours=1)
    begun = begin_totp(person.id, person.identifier, then)
    assert confirm_totp(person.id, begun.id, pyotp.TOTP(begun.seed).at(then), "phone", then) is SecondProof.RIGHT
    return begun.seed


class Shifted(clock.SystemClock):
    """The machine's clock, some time from now."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


@pytest.fixture
def later() -> Iterator[Callable[[timedelta], None]]:
    """`later(timedelta(minutes=16))`: it is that much later."""
    yield lambda by: clock.install(Shifted(by))
    clock.install(clock.SystemClock())
