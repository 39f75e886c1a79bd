"""Listening: newcomers are let in a few at a time, so that those who are in have their turns between them."""

import asyncio
import socket
import ssl
from collections.abc import Callable

from corneille.doors.frame.tls import HANDSHAKE_S, SHUTDOWN_S

ACCEPTED_AT_ONCE = 4
"""Connections taken in one turn of the loop: each brings a TLS handshake, which holds the loop for half a millisecond."""
QUEUED = 1024
"""Connections that wait in the kernel for their turn."""


async def listen(
    make_protocol: Callable[[], asyncio.BaseProtocol], bound: socket.socket, tls: ssl.SSLContext | None
) -> asyncio.Server:
    """Serves on a bound socket; `tls`: from the first octet."""
    server = await asyncio.get_running_loop().create_server(
        make_protocol,
        sock=bound,
        backlog=ACCEPTED_AT_ONCE,
        ssl=tls,
        ssl_handshake_timeout=HANDSHAKE_S if tls else None,
        ssl_shutdown_timeout=SHUTDOWN_S if tls else None,
    )
    queue(bound)
    return server


def queue(bound: socket.socket) -> None:
    """Lets many wait: asyncio's `backlog` is both how many are taken in one turn and how many may wait for it."""
    bound.listen(QUEUED)
