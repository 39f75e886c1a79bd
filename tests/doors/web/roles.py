"""Every address of the site, everybody: asks as each for what is another's, and names what came back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import cast

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from corneille.doors.web.backend import Sessions
from corneille.doors.web.step_up import PROVED_AT
from corneille.kernel import clock
from corneille.people.find import Person
from tests.doors.web.conftest import Browser

METHODS = ("GET", "POST")
JSON = frozenset({"calendar:move"})
"""Addresses to which scripts send JSON."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the site; without a name its path is its name."""

    name: str
    path: str


def list_addresses(arguments: Mapping[str, object]) -> Iterator[Address]:
    """All of them; a parameter has the value of its name, or of "address:name" where that is another there."""
    yield from _walk(get_resolver().url_patterns, "", "/", arguments)


def _walk(
    patterns: list[URLPattern | URLResolver], space: str, before: str, arguments: Mapping[str, object]
) -> Iterator[Address]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, each.namespace or space, path, arguments)
            continue
        name = f"{space}:{each.name}" if each.name else path
        for parameter, converter in each.pattern.converters.items():
            kind = {"StringConverter": "str", "IntConverter": "int", "SlugConverter": "slug"}[type(converter).__name__]
            unknown = "7" if kind == "int" else "x"
            value = arguments.get(f"{name}:{parameter}", arguments.get(parameter, unknown))
            path = path.replace(f"<{kind}:{parameter}>", str(value))
        yield Address(name, path)


def sign_in(person: Person, *, is_fresh: bool) -> Client:
    """A browser in which this person has proved who they are: just now, or too long ago for what is sensitive."""
    client = Client(SERVER_NAME="localhost")
    account = Sessions().get_user(person.id)
    assert account is not None
    client.force_login(account, backend="corneille.doors.web.backend.Sessions")
    if is_fresh:
        session = client.session
        session[PROVED_AT] = clock.now().timestamp()
        session.save()
    return client


def ask(
    client: Client, address: Address, method: str, query: str = "", form: Mapping[str, object] | None = None
) -> HttpResponse:
    """What comes back; the browser is as it was before."""
    asking = Client(SERVER_NAME="localhost")
    asking.cookies = SimpleCookie({name: each.value for name, each in client.cookies.items()})
    path = f"{address.path}?{query}" if query else address.path
    if method == "GET":
        return Browser(asking).get(path)
    if address.name in JSON:
        return cast(HttpResponse, asking.post(path, dict(form or {}), content_type="application/json", secure=True))
    return Browser(asking).post(path, dict(form or {}), token=False)  # type: ignore[arg-type]  # numbers become text


def name_answer(response: HttpResponse, method: str) -> str:
    """ "in", "sign-in", "prove", "closed", "credential", "fault", or "" (no such method); to read, other answers than a page
    by their number, and redirects by where they lead."""
    where = response.headers.get("Location", "")
    if response.status_code == 302 and where.startswith("/connexion"):
        return "sign-in"
    if response.status_code == 302 and where.startswith("/confirmer"):
        return "prove"
    if response.status_code >= 500:
        return "fault"
    known = {401: "credential", 403: "closed", 404: "closed", 405: ""}.get(response.status_code)
    if known is not None:
        return known
    if method == "GET" and response.status_code >= 300:
        return where.partition("?")[0] or str(response.status_code)
    return "in"
