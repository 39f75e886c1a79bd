"""The web's front door: `/healthz`, what `run` mounts beside the pages, and Django's pages in their threads."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.wsgi import get_wsgi_application

from corneille.run.pages import Pages

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PAGE_THREADS, PAGES_AT_ONCE = 32, 2
"""Threads that answer pages, and how many of them compute at one instant: the others wait for a slow sender or reader, or
for a password's check, and must not hold the pages of everybody else up."""


def make_app(health: Callable[[], Awaitable[Mapping[str, object]]], mounts: Mapping[str, App]) -> App:
    """The ASGI application.

    health  tells what stands: `{"ok": bool, …}`; answered with 200 or 503
    mounts  applications by the first part of the path, which they see removed: `{"/catcher": app}`
    """
    pages = Pages(get_wsgi_application(), PAGE_THREADS, PAGES_AT_ONCE)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path == "/healthz":
            state = await health()
            await _answer(send, 200 if state["ok"] else 503, json.dumps(state).encode(), b"application/json")
            return
        for prefix, mounted in mounts.items():
            if path == prefix or path.startswith(prefix + "/"):
                await mounted({**scope, "path": path[len(prefix) :] or "/", "root_path": prefix}, receive, send)
                return
        await pages(scope, receive, send)

    return app


def make_redirect(port: int) -> App:
    """Answers everything said in clear with the way to the same page over TLS."""

    async def redirect(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        host = next((value for name, value in scope["headers"] if name == b"host"), b"localhost")
        name = host.rsplit(b":", 1)[0] if not host.endswith(b"]") else host
        where = b"https://" + name + (b"" if port == 443 else b":%d" % port) + scope["raw_path"]
        if scope["query_string"]:
            where += b"?" + scope["query_string"]
        await _answer(send, 308, b"", b"text/plain", (b"location", where))

    return redirect


async def _answer(send: Send, status: int, body: bytes, kind: bytes, *headers: tuple[bytes, bytes]) -> None:
    own = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})
