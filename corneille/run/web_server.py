"""uvicorn as the web doors use it."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from corneille.access.familiar import Standing, find_standing
from corneille.doors.frame.accept import Porter
from corneille.doors.frame.newcomer import Doorway
from corneille.run import asgi

GRACE_S = 10
"""How long what is being answered may take when the service stops."""
REQUEST_S = 30.0
"""How long the head of a request may be waited for."""
_BUSY = "Le service est très sollicité\u00a0: revenez dans une minute.\nVery busy: come back in a minute.\n".encode()
SORRY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Cache-Control: no-store\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_BUSY), _BUSY)
)
"""To who finds no place where nothing is said over TLS: over it, nothing can be said before the handshake."""


class _Protocol(HttpToolsProtocol):
    """uvicorn counts time between requests alone: whoever says nothing, or half a request, would stay for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_request()

    def on_headers_complete(self) -> None:
        self._due.cancel()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:  # the last that was asked for: no other waits behind it
            self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._due.cancel()
        super().connection_lost(exc)

    def _expect_request(self) -> None:
        self._due = self.loop.call_later(REQUEST_S, self.transport.abort)


class _WebServer(uvicorn.Server):
    """uvicorn's server, stopped by us: signals belong to the whole process; and who comes passes our porter."""

    def __init__(self, config: uvicorn.Config, porter: Porter, find: Callable[[str], Standing]) -> None:
        super().__init__(config)
        self._porter, self._find_standing = porter, find

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self.lifespan.startup()
        doorway = Doorway("web", self._make_protocol, self.config.ssl, SORRY, self._find_standing)
        self.servers = [self._porter.listen(doorway, each) for each in sockets or ()]  # type: ignore[misc]  # it closes them, no more
        self.started = True

    def _make_protocol(self) -> asyncio.BaseProtocol:
        made: asyncio.BaseProtocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def make_web_server(
    app: asgi.App, context: ssl.SSLContext | None, porter: Porter, find: Callable[[str], Standing] = find_standing
) -> uvicorn.Server:
    """uvicorn for one application, over TLS where a context is given; who starts it stops it by `should_exit`.

    find  the standing of an address: who is let in first
    """
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=_Protocol,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_S,
        ssl_context_factory=None if context is None else lambda _config, _make: context,
    )
    return _WebServer(config, porter, find)
