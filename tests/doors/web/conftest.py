"""A person with a password, and a browser without scripts that keeps cookies and obeys forms."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from django.http import HttpResponse
from django.test import Client

from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground

ORIGIN = "https://localhost"
PASSWORD = "trois-cygnes-sous-le-givre"
NUMEN = "07E2612345ABC"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"


@dataclass
class Browser:
    """Django's client over HTTPS, with CSRF enforced, from one address."""

    client: Client

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self._made(self.client.get(path, secure=True, **self._meta(headers)))

    def post(
        self, path: str, data: dict[str, str], *, token: bool = True, agent: str = FIREFOX, **headers: str
    ) -> HttpResponse:
        if token:
            data = {**data, "csrfmiddlewaretoken": self._token()}
        headers = {"Origin": ORIGIN, "User-Agent": agent, **headers}
        return self._made(self.client.post(path, data, secure=True, **self._meta(headers)))

    def sign_in(self, identifier: str, secret: str = PASSWORD, **more: str) -> HttpResponse:
        return self.post("/connexion", {"identifier": identifier, "secret": secret, **more})

    def _token(self) -> str:
        page = self.get("/affichage")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(page))
        assert found is not None
        return found[1]

    @staticmethod
    def _meta(headers: dict[str, str]) -> dict[str, Any]:
        headers.setdefault("User-Agent", FIREFOX)
        headers.setdefault("Accept-Language", "fr")
        return {"headers": headers, "REMOTE_ADDR": "192.0.2.17"}

    @staticmethod
    def _made(response: Any) -> HttpResponse:
        if response.streaming:  # a static file: nobody reads it here, and it must not stay open
            response.close()
        made: HttpResponse = response
        return made


class Known(Protocol):
    """Whoever of an imagined school is a person with an account."""

    @property
    def person(self) -> Person: ...


Enter = Callable[[Known | Person], Browser]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def json_of(response: HttpResponse) -> Any:
    return json.loads(response.content)


@pytest.fixture
def browser(ground: Ground) -> Browser:
    """A browser that nobody has used yet."""
    return Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))


@pytest.fixture
def enter(ground: Ground) -> Enter:
    """A browser of their own, in which this person has just signed in; everybody has the same password."""

    known = set[Person]()

    def sign_in(who: Known | Person) -> Browser:
        person = who if isinstance(who, Person) else who.person
        if person not in known:
            set_password(person.id, PASSWORD, clock.now())
            known.add(person)
        browser = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
        assert browser.sign_in(person.identifier).status_code == 302
        return browser

    return sign_in


@pytest.fixture
def teacher(ground: Ground) -> Person:
    """Claire Lemoine, who has a password and a NUMEN."""
    now = datetime(2026, 9, 1, tzinfo=UTC)
    add_domain("ac-demonstration.test", principal=True, now=now)
    add_domain("ac-rouen.test", now=now)
    person = add_person(NewPerson(AccountType.TEACHER, "Claire", "Lemoine", now=now, numen=NUMEN, birth_on=None))
    set_password(person.id, PASSWORD, now)
    return person
