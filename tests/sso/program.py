"""« Thunderbird »: a registered mail program, which opens somebody's browser here and exchanges what comes back."""

import base64
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.http import HttpResponse

from corneille.sso.client import NewClient, add_client
from tests.doors.web.conftest import Browser, json_of, text_of

NOW = datetime(2026, 9, 1, tzinfo=UTC)
BACK = "http://localhost:52001"
THUNDERBIRD = NewClient(
    "thunderbird", "Thunderbird", "https://www.thunderbird.net/", ("http://localhost",), scopes=("openid", "mail"),
    is_program=True,
)  # fmt: skip


class Program:
    """One installation of it, beside somebody's browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.verifier = browser, secrets.token_urlsafe(48)

    def make_query(self, **more: str) -> str:
        asked = {
            "response_type": "code", "client_id": "thunderbird", "redirect_uri": BACK, "scope": "mail", "state": "etat",
            "code_challenge": create_s256_code_challenge(self.verifier), "code_challenge_method": "S256", **more,
        }  # fmt: skip
        return urlencode({name: value for name, value in asked.items() if value})

    def open(self, **more: str) -> HttpResponse:
        return self.browser.get(f"/oidc/authorize?{self.make_query(**more)}")

    def answer(self, button: str, **more: str) -> dict[str, str]:
        """What comes back to the program once its owner has chosen."""
        answer = self.browser.post(f"/oidc/allow?{self.make_query(**more)}", {button: "1"})
        assert answer.status_code == 302, text_of(answer)
        assert answer.headers["Location"].startswith(f"{BACK}?"), answer.headers["Location"]
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))

    def exchange(self, code: str, **more: str) -> HttpResponse:
        told = {
            "code": code, "redirect_uri": BACK, "code_verifier": self.verifier, "grant_type": "authorization_code",
            "client_id": "thunderbird", **more,
        }  # fmt: skip
        return self.browser.post("/oidc/token", told, token=False)

    def be_let_in(self, **more: str) -> dict[str, Any]:
        """The whole way; its owner is signed in."""
        answer: dict[str, Any] = json_of(self.exchange(self.answer("autoriser", **more)["code"]))
        assert "access_token" in answer, answer
        return answer

    def renew(self, refresh_token: str) -> HttpResponse:
        told = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": "thunderbird"}
        return self.browser.post("/oidc/token", told, token=False)


def register(**more: Any) -> None:
    """Thunderbird is registered."""
    assert add_client(replace(THUNDERBIRD, **more), NOW, by="test") == ""


def format_bearer(token: str, identifier: str = "", mechanism: str = "OAUTHBEARER") -> str:
    """What a program sends, in Base64."""
    named = f"n,{f'a={identifier}' if identifier else ''}," if mechanism == "OAUTHBEARER" else f"user={identifier}"
    return base64.b64encode(f"{named}\x01auth=Bearer {token}\x01\x01".encode()).decode()
