"""The door on a real socket, as other programs reach it: uvicorn in a thread, without TLS, on loopback."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from corneille.doors.dav.app import make_app, make_well_known
from corneille.doors.frame.bridge import Bridge
from corneille.run import asgi


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _health() -> dict[str, object]:
    return {"ok": True}


@contextlib.contextmanager
def serve_dav() -> Iterator[str]:
    """Gives the address of the server, without a slash at its end."""
    bridge = Bridge(4)
    mounts = {"/dav": make_app(bridge, frozenset()), "/.well-known/caldav": make_well_known()}
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(asgi.make_app(_health, mounts), http="httptools", lifespan="off", log_config=None)
    server = _Server(config)
    thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://localhost:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        bridge.close()
