"""Accepts connections, and stops in good order.

    server = await start_imap(tls_sockets=[…], starttls_sockets=[…], tls=context, bridge=bridge)
    …
    await server.close()
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Sequence
from functools import partial

from corneille.doors.frame.accept import Listening, Porter
from corneille.doors.frame.admit import Admission
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.limits import LimitSettings, address_key
from corneille.doors.frame.newcomer import Doorway
from corneille.doors.frame.single_file import SingleFile
from corneille.doors.frame.tls import shrink_buffers
from corneille.doors.imap.connection import Connection
from corneille.doors.imap.dispatch import Dispatch
from corneille.doors.imap.session import Shared
from corneille.kernel.settings import of

GRACE_S = 5.0
"""How long commands that run may still take when the server stops."""

SORRY = b"* BYE [UNAVAILABLE] Serveur tres sollicite, reessayez dans une minute. / Very busy, try again in a minute.\r\n"
"""To who finds no place before a door that begins in clear (RFC 5530 §3)."""

LOOK_S = 0.05
LINGER_S = 0.5
"""How long a client that was told BYE may take to close its side."""


class ImapServer:
    """The sockets that listen, and everybody who is connected."""

    def __init__(self, tls: ssl.SSLContext, bridge: Bridge, guesses: Bridge, porter: Porter) -> None:
        self._tls, self._porter = tls, porter
        long_answers = SingleFile(asyncio.get_running_loop())
        self._shared = Shared(bridge, Admission(bridge, guesses), of(LimitSettings), tls, long_answers)
        self._servers: list[Listening] = []
        self._open: dict[Connection, Dispatch] = {}
        self._emptied = asyncio.Event()

    def listen(self, tls_sockets: Sequence[socket.socket], starttls_sockets: Sequence[socket.socket]) -> None:
        for each in tls_sockets:
            make = partial(Connection, self._welcome, self._bid_farewell, is_tls=True)
            self._servers.append(self._porter.listen(Doorway("imap", make, self._tls), each))
        for each in starttls_sockets:
            make = partial(Connection, self._welcome, self._bid_farewell, is_tls=False)
            self._servers.append(self._porter.listen(Doorway("imap", make, None, SORRY), each))

    @property
    def connections(self) -> list[Connection]:
        """Connections open now."""
        return list(self._open)

    async def close(self) -> None:
        """Accepts nobody more, lets commands end for a while, says BYE to everybody, and waits until all have gone."""
        for server in self._servers:
            server.close()
        loop = asyncio.get_running_loop()
        deadline_s, linger_s = loop.time() + GRACE_S, 0.0
        while self._open and loop.time() < deadline_s and linger_s < LINGER_S:
            is_busy = False
            for dispatch in list(self._open.values()):
                if dispatch.is_busy:
                    is_busy = True
                else:
                    dispatch.say_bye("The server is stopping; connect again in a moment")
            linger_s = 0.0 if is_busy else linger_s + LOOK_S
            self._emptied.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._emptied.wait(), LOOK_S)
        for connection in list(self._open):
            connection.abort()
        await asyncio.sleep(0)

    def _welcome(self, connection: Connection) -> Dispatch | None:
        """Gives a seat to a connection, or says why there is none."""
        limits, seats = self._shared.limits, self._shared.addresses
        key = address_key(connection.address)
        if seats.total >= limits.connections or not seats.take(key, limits.connections_per_address):
            connection.write(b"* BYE [LIMIT] Too many connections: close some, or try again in a minute\r\n")
            return None
        dispatch = Dispatch(connection, self._shared)
        self._open[connection] = dispatch
        self._shared.guests.enter(connection, dispatch.expire, limits.unsigned_connections)
        return dispatch

    def _bid_farewell(self, connection: Connection) -> None:
        if self._open.pop(connection, None) is not None:
            self._shared.guests.leave(connection)
            self._shared.addresses.leave(address_key(connection.address))
            if not self._open:
                self._emptied.set()


async def start_imap(
    *, tls_sockets: Sequence[socket.socket], starttls_sockets: Sequence[socket.socket], tls: ssl.SSLContext, bridge: Bridge,
    guesses: Bridge | None = None, porter: Porter | None = None,
) -> ImapServer:
    """Serves IMAP on bound sockets until `close`, on the running loop.

    tls_sockets       TLS from the first octet (993)
    starttls_sockets  plain, nobody signs in before STARTTLS (143)
    bridge            where what blocks is done
    guesses           where main passwords wait for their check; without one, in the bridge
    porter            who stands at the doors; without one, a porter for these alone
    """
    shrink_buffers()
    server = ImapServer(tls, bridge, guesses or bridge, porter or Porter())
    server.listen(tls_sockets, starttls_sockets)
    return server
