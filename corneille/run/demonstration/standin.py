"""A stand-in for another service of the académie: a stranger to the rest, which it meets over HTTPS only.

It signs people in through OpenID Connect (Authlib's client) and posts notices through the gateway. What it knows of
them is in memory, and gone when it stops.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

VISITORS_COUNT = 1000
EVENT = "http://schemas.openid.net/event/backchannel-logout"
PATIENCE_S = 20


class ServiceFault(Exception):
    """What the académie answered, in the words of its protocol."""


@dataclass(frozen=True, slots=True)
class Known:
    """What this service was given at its registration.

    issuer      the portal: « https://localhost:8443 »
    own         where this service itself is, as people type it
    authority   the file of the certificate authority
    secret      of its OpenID Connect client; `credential` opens the gateway of notices
    """

    slug: str
    name: str
    issuer: str
    own: str
    authority: str
    secret: str = field(repr=False)
    credential: str = field(repr=False)


@dataclass(slots=True)
class Visit:
    """One browser: on its way to sign in, or signed in with these claims."""

    state: str = ""
    nonce: str = ""
    verifier: str = ""
    id_token: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict)


class StandIn:
    """The service's program: all of it blocks, and is called in threads."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._visits: dict[str, Visit] = {}
        self._metadata: dict[str, Any] = {}

    def find_visit(self, cookie: str) -> Visit | None:
        """The browser with this cookie."""
        return self._visits.get(cookie)

    def begin(self) -> tuple[str, str]:
        """A new visit on its way: its cookie, and where the browser goes to sign in."""
        visit = Visit(nonce=secrets.token_urlsafe(16), verifier=secrets.token_urlsafe(48))
        with self._open_client() as client:
            url, visit.state = client.create_authorization_url(
                self._find("authorization_endpoint"), code_verifier=visit.verifier, nonce=visit.nonce
            )
        cookie = secrets.token_urlsafe(24)
        while len(self._visits) >= VISITORS_COUNT:
            self._visits.pop(next(iter(self._visits)))
        self._visits[cookie] = visit
        return cookie, url

    def finish(self, visit: Visit, returned: Mapping[str, str]) -> None:
        """Takes what came back in the address: exchanges the code and checks the ID token. Raises ServiceFault."""
        if not secrets.compare_digest(returned.get("state", ""), visit.state) or returned.get("iss") != self.known.issuer:
            raise ServiceFault("state")
        if "error" in returned:
            raise ServiceFault(returned["error"])
        with self._open_client() as client:
            token = client.fetch_token(
                self._find("token_endpoint"), code=returned.get("code", ""), code_verifier=visit.verifier, timeout=PATIENCE_S
            )
        claims = self._check(token["id_token"])
        if claims.get("nonce") != visit.nonce:
            raise ServiceFault("nonce")
        visit.id_token, visit.claims, visit.state = token["id_token"], claims, ""

    def post(self, person: str, text: str) -> str:
        """Posts a notice for a person through the gateway; gives its answer."""
        titles = {"fr": f"Un mot de {self.known.name}", "en": f"A word from {self.known.name}"}
        body: dict[str, Any] = {
            "key": f"visite/{person}", "person": person, "title": titles, "text": {"fr": text, "en": text},
            "url": self.known.own,
        }  # fmt: skip
        answer = requests.post(
            f"{self.known.issuer}/api/v1/notices", json=body, verify=self.known.authority, timeout=PATIENCE_S,
            headers={"Authorization": f"Bearer {self.known.credential}"},
        )  # fmt: skip
        told: dict[str, str] = answer.json()
        return told.get("outcome") or told.get("error", "")

    def leave(self, cookie: str) -> str:
        """Forgets the visit; where the browser goes to sign out of the portal too."""
        visit = self._visits.pop(cookie, Visit())
        asked = requests.Request(
            "GET", self._find("end_session_endpoint"),
            params={"id_token_hint": visit.id_token, "post_logout_redirect_uri": f"{self.known.own}parti"},
        )  # fmt: skip
        return asked.prepare().url or self.known.own

    def end(self, logout_token: str) -> None:
        """The portal says that a session is over (Back-Channel Logout 1.0 §2.6): forgets its visits. Raises ServiceFault."""
        claims = self._check(logout_token, iat={"essential": True}, exp={"essential": True}, jti={"essential": True})
        if EVENT not in claims.get("events", {}) or "nonce" in claims or not claims.get("sid"):
            raise ServiceFault("logout_token")
        ended = [cookie for cookie, visit in self._visits.items() if visit.claims.get("sid") == claims["sid"]]
        for cookie in ended:
            self._visits.pop(cookie, None)

    def _check(self, id_token: str, **more: Any) -> dict[str, Any]:
        keys = KeySet.import_key_set(cast(KeySetSerialization, self._get(self._find("jwks_uri"))))
        try:
            read = jwt.decode(id_token, keys, algorithms=["RS256"])
            wanted: dict[str, Any] = {"iss": {"essential": True, "value": self.known.issuer}}
            wanted |= {"aud": {"essential": True, "value": self.known.slug}, **more}
            jwt.JWTClaimsRegistry(**wanted).validate(read.claims)
        except JoseError as error:
            raise ServiceFault(type(error).__name__) from error
        return dict(read.claims)

    def _open_client(self) -> OAuth2Session:
        client = OAuth2Session(
            self.known.slug, self.known.secret, scope="openid profile email affiliation",
            redirect_uri=f"{self.known.own}retour", code_challenge_method="S256",
        )  # fmt: skip
        client.verify = self.known.authority
        client.trust_env = False  # else REQUESTS_CA_BUNDLE would win over the line above
        return client

    def _find(self, name: str) -> str:
        if not self._metadata:
            self._metadata = self._get(f"{self.known.issuer}/.well-known/openid-configuration")
        found: str = self._metadata[name]
        return found

    def _get(self, url: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(requests.get(url, verify=self.known.authority, timeout=PATIENCE_S).content)
        return told
