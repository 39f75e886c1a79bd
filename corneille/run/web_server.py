"""uvicorn as the web doors use it."""

import contextlib
import socket
import ssl
from collections.abc import Iterator

import uvicorn

from corneille.doors.frame.accept import ACCEPTED_AT_ONCE, queue
from corneille.run import asgi

GRACE_S = 10
"""How long what is being answered may take when the service stops."""


class _WebServer(uvicorn.Server):
    """uvicorn's server, stopped by us: signals belong to the whole process."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for each in sockets or ():
            queue(each)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def make_web_server(app: asgi.App, context: ssl.SSLContext | None) -> uvicorn.Server:
    """uvicorn for one application, over TLS where a context is given; who starts it stops it by `should_exit`."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=ACCEPTED_AT_ONCE,
        timeout_graceful_shutdown=GRACE_S,
        ssl_context_factory=None if context is None else lambda _config, _make: context,
    )
    return _WebServer(config)
