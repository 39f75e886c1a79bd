"""Every address of the site, every kind of account: asks as each, and names what came back."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from corneille.doors.web.backend import Sessions
from corneille.people.find import Person
from tests.doors.web.conftest import Browser

ARGUMENTS = {"form": "json", "ticket": "x", "where": "AUTH-2222-2222", "code": "throttled"}



def list_addresses() -> Iterator[tuple[str, str]]:
    """(name, path) of each; a parameter has a value that fits it. An address without a name has its path as name."""
    yield from _walk(get_resolver().url_patterns, "", "/")


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, each.namespace or space, path)
        else:
            filled = _fill(path, each)
            yield (f"{space}:{each.name}" if each.name else filled), filled


def _fill(path: str, pattern: URLPattern) -> str:
    for name, converter in pattern.pattern.converters.items():
        kind = {"StringConverter": "str", "IntConverter": "int", "SlugConverter": "slug"}[type(converter).__name__]
        value = ARGUMENTS.get(name, "7" if kind == "int" else "x")
        path = path.replace(f"<{kind}:{name}>", value).replace(f"<{name}>", value)
    return path


def ask(path: str, person: Person | None, method: str) -> HttpResponse:
    """As somebody whose last proof of identity is old; None: as a stranger."""
    client = Client(SERVER_NAME="localhost")
    if person is not None:
        account = Sessions().get_user(person.id)
        assert account is not None
        client.force_login(account, backend="corneille.doors.web.backend.Sessions")
    return Browser(client).get(path) if method == "GET" else Browser(client).post(path, {}, token=False)


def name_answer(response: HttpResponse) -> str:
    """ "in", "sign-in", "prove", "closed", "credential" or "" (no such method)."""
    where = response.headers.get("Location", "")
    if response.status_code == 302 and where.startswith("/connexion"):
        return "sign-in"
    if response.status_code == 302 and where.startswith("/confirmer"):
        return "prove"
    return {401: "credential", 403: "closed", 404: "closed", 405: ""}.get(response.status_code, "in")
