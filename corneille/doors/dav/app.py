"""The door itself: HTTP as ASGI gives it, limits, sign-in, then one method in the bridge."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from corneille.calendar.settings import CalendarSettings
from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_cause
from corneille.doors.dav.exchange import PLAIN, Reply, Request
from corneille.doors.dav.methods import METHODS
from corneille.doors.dav.methods.options import ALLOW
from corneille.doors.dav.place import ROOT
from corneille.doors.dav.replies import refuse
from corneille.doors.dav.sign_in import SignIn
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.network import INNER_HEADER, choose_address
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.wire.dav.multistatus import href
from corneille.wire.dav.request import parse_basic
from corneille.wire.dav.tree import BadRequest

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE = (
    (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"), (b"dav", b"1, 3, access-control, calendar-access"),
)  # fmt: skip
"""An event is a stranger's file: no browser shows it as a page."""
HEADERS_BYTES = 8192

log = logging.getLogger("corneille.dav")


class TooLarge(Exception):
    """The body is more than the door takes."""


def make_app(bridge: Bridge, trusted_proxies: Collection[str]) -> App:
    """The ASGI application, mounted under /dav."""
    sign_in = SignIn()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        reply = await _reply(scope, headers, receive)
        await _send(send, reply, is_head=scope["method"] == "HEAD")

    async def _reply(scope: Scope, headers: Mapping[str, str], receive: Receive) -> Reply:
        if scope["method"] not in METHODS:
            return Reply(405, headers={"Allow": ALLOW})
        peer = scope["client"][0] if scope.get("client") else ""
        address = choose_address(
            peer, headers.get(INNER_HEADER.lower()), headers.get("x-forwarded-for", ""), trusted_proxies, clock.now()
        )
        credentials = parse_basic(headers.get("authorization", "")[:HEADERS_BYTES])
        caller = await bridge.run(sign_in.admit, credentials, address, headers.get("user-agent", ""))
        if isinstance(caller, Reply):
            return caller
        try:
            content = await _read(scope["method"], headers, receive)
        except TooLarge:
            return Reply(413, b"Trop grand. / Too large.\n", PLAIN)
        request = Request(scope["method"], scope["path"], headers, content, caller, clock.now())
        return await bridge.run(answer, request)

    return app


def make_well_known() -> App:
    """/.well-known/caldav: where the door is (RFC 6764 §5)."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await _send(send, Reply(301, headers={"Location": ROOT}), is_head=False)

    return app


def answer(request: Request) -> Reply:
    """One method, and what it raised as a reply; a fault has its number in the log and in the reply."""
    try:
        return METHODS[request.method](request)
    except Refusal as refusal:
        return refuse(refusal, lambda name: _name_object(request, name))
    except BadRequest as told:
        return Reply(400, f"{told}\n".encode(), PLAIN)
    except Exception:  # a door: the fault is told and logged
        incident = "INC-" + secrets.token_hex(4).upper()
        log.exception("incident %s: %s %s", incident, request.method, request.path)
        return Reply(500, f"{incident} {address_of_cause(Cause.INCIDENT)}\n".encode(), PLAIN)


def _name_object(request: Request, name: str) -> Element:
    folder = request.path.rsplit("/", 1)[0]
    return href(f"{ROOT.rstrip('/')}{folder}/{name}")


async def _read(method: str, headers: Mapping[str, str], receive: Receive) -> bytes:
    """Only from who has signed in. An event may be a little above its limit, so that the refusal can say which it is."""
    limits = of(CalendarSettings)
    limit = limits.object_bytes + 1 if method == "PUT" else limits.request_bytes
    told = headers.get("content-length", "")
    if told.isdigit() and int(told[:18]) > limit and method != "PUT":
        raise TooLarge
    content, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise TooLarge
        more = message.get("more_body", False)
        if len(content) <= limit:  # what is above is read and let go: a program that is cut off tries for ever
            content += message.get("body", b"")[: limit + 1 - len(content)]
    if len(content) > limit and method != "PUT":
        raise TooLarge
    return content


async def _send(send: Send, reply: Reply, *, is_head: bool) -> None:
    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in reply.headers.items()]
    own = [(b"content-length", b"%d" % len(reply.content))] if reply.status != 304 else []
    if reply.content:
        own.append((b"content-type", reply.kind.encode()))
    known = {name for name, _ in named}
    safe = [each for each in SAFE if each[0] not in known]
    await send({"type": "http.response.start", "status": reply.status, "headers": [*own, *named, *safe]})
    await send({"type": "http.response.body", "body": b"" if is_head else reply.content})
