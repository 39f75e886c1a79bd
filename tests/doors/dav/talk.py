"""A calendar program that speaks to the door itself, without a socket."""

import asyncio
import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

from corneille.access.app_password import create_app_password
from corneille.doors.dav.app import make_app
from corneille.doors.frame.bridge import Bridge
from corneille.kernel import clock
from corneille.people.find import Person

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"


@dataclass(frozen=True)
class Told:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def xml(self) -> Element:
        return fromstring(self.content)

    @property
    def hrefs(self) -> list[str]:
        return [str(each.findtext(f"{D}href")) for each in self.xml.findall(f"{D}response")]

    def text(self, name: str) -> str | None:
        return self.xml.findtext(f".//{name}")

    @property
    def condition(self) -> str:
        """What was not met."""
        return self.xml[0].tag


class Program:
    """One program of one person; each request signs in as programs do."""

    def __init__(self, person: Person, secret: str) -> None:
        self.identifier, self.secret = person.identifier, secret
        self.home = f"/dav/calendars/{person.identifier}/"
        self.agenda = f"{self.home}agenda/"
        self._app = make_app(Bridge(2), frozenset())

    def __call__(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> Told:
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret:
            pair = base64.b64encode(f"{self.identifier}:{self.secret}".encode()).decode()
            named = {"authorization": f"Basic {pair}", **named}
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": unquote(path.removeprefix("/dav")) or "/", "client": ("192.0.2.9", 1),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        }  # fmt: skip

        async def ask() -> None:
            await self._app(scope, receive, send)

        asyncio.run(ask())
        told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Told(sent[0]["status"], told, sent[1]["body"])

    def propfind(self, path: str, *names: str, depth: str = "0") -> Told:
        """Asks for properties: "d:displayname", "c:calendar-home-set"."""
        prop = "".join(f"<{name}/>" for name in names)
        return self("PROPFIND", path, f"<d:propfind {NAMESPACES}><d:prop>{prop}</d:prop></d:propfind>", depth=depth)

    def sync(self, path: str, token: str = "", limit: int = 0) -> Told:
        """What changed since."""
        ask = f"<d:limit><d:nresults>{limit}</d:nresults></d:limit>" if limit else ""
        return self(
            "REPORT", path,
            f"<d:sync-collection {NAMESPACES}><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{ask}"
            "<d:prop><d:getetag/></d:prop></d:sync-collection>",
        )  # fmt: skip

    def query(self, path: str, inside: str, data: str = "<c:calendar-data/>", component: str = "VEVENT") -> Told:
        """A calendar-query with this inside the filter of the component."""
        return self(
            "REPORT", path,
            f'<c:calendar-query {NAMESPACES}><d:prop><d:getetag/>{data}</d:prop><c:filter><c:comp-filter name="VCALENDAR">'
            f'<c:comp-filter name="{component}">{inside}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>',
            depth="1",
        )  # fmt: skip


NAMESPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/" xmlns:a="http://apple.com/ns/ical/"'


def make_program(person: Person, *, scopes: frozenset[str] = frozenset({"dav"})) -> Program:
    """With an app password of its own."""
    _, secret = create_app_password(person.id, "agenda", scopes, clock.now())
    return Program(person, secret)
