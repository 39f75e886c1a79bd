"""Starts and stops the SMTP doors."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from socket import socket

from corneille.access.familiar import find_standing_of_server, networks, receive_call, servers
from corneille.doors.frame.accept import Listening, Porter
from corneille.doors.frame.admit import Admission
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.limits import Guests, LimitSettings, Seats, address_key
from corneille.doors.frame.memory import Memory
from corneille.doors.frame.newcomer import Doorway, stand_familiar
from corneille.doors.smtp import replies
from corneille.doors.smtp.connection import Connection
from corneille.doors.smtp.door import Door, Kind
from corneille.doors.smtp.session import Session
from corneille.doors.smtp.settings import SmtpSettings
from corneille.kernel.settings import of
from corneille.wire.smtp.reply import Reply, format_reply, reply

GRACE_S = 10.0
"""How long a message that is being filed may still take when the server stops."""

NAMES = {Kind.RECEPTION: "smtp", Kind.LMTP: "lmtp", Kind.SUBMISSION: "submission"}
STANDING = {
    Kind.RECEPTION: (find_standing_of_server, servers), Kind.LMTP: (stand_familiar, networks),
    Kind.SUBMISSION: (receive_call, networks),
}  # fmt: skip
"""How the network of whoever comes to each door is judged, and where it is heard that it has become familiar."""
SORRY = format_reply(reply(421, "4.3.2", "the server is very busy, try again in a minute"))
"""To who finds no place before a door that begins in clear: other servers keep their mail and come again."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SmtpSockets:
    """Bound, listening sockets of each door; a door without a socket is shut."""

    reception: Sequence[socket] = ()
    lmtp: Sequence[socket] = ()
    submission_tls: Sequence[socket] = ()
    submission_starttls: Sequence[socket] = ()


async def start_smtp(
    sockets: SmtpSockets, tls: ssl.SSLContext, bridge: Bridge, guesses: Bridge | None = None, porter: Porter | None = None
) -> "SmtpServer":
    """Serves reception, LMTP and submission on these sockets until the returned server is closed.

    guesses  where main passwords wait for their check; without one, in the bridge
    porter   who stands at the doors; without one, a porter for these alone
    """
    server = SmtpServer(tls, bridge, guesses or bridge, porter or Porter())
    for bound in sockets.reception:
        server.listen(bound, Kind.RECEPTION)
    for bound in sockets.lmtp:
        server.listen(bound, Kind.LMTP)
    for bound in sockets.submission_starttls:
        server.listen(bound, Kind.SUBMISSION)
    for bound in sockets.submission_tls:
        server.listen(bound, Kind.SUBMISSION, is_tls=True)
    return server


class SmtpServer:
    """The doors that are open, and the conversations at them."""

    def __init__(self, tls: ssl.SSLContext, bridge: Bridge, guesses: Bridge, porter: Porter) -> None:
        self._tls, self._porter = tls, porter
        self._bridge = bridge
        self._admission = Admission(bridge, guesses)
        self._memory = Memory(lambda: of(SmtpSettings).content_memory_bytes)
        self._seats = Seats()
        self._guests = {kind: Guests() for kind in Kind}
        self._servers: list[Listening] = []
        self._connections: set[Connection] = set()

    def listen(self, bound: socket, kind: Kind, *, is_tls: bool = False) -> None:
        """Opens one door; `is_tls`: TLS from the first byte (RFC 8314 §3)."""
        door = Door(kind, self._tls, self._bridge, self._admission, self._memory, self._guests[kind])

        async def serve(connection: Connection) -> None:
            await self._serve(connection, door)

        doorway = Doorway(
            NAMES[kind], lambda: Connection(serve), self._tls if is_tls else None, SORRY, *STANDING[kind]
        )
        self._servers.append(self._porter.listen(doorway, bound))

    @property
    def connection_count(self) -> int:
        """Conversations open now."""
        return len(self._connections)

    async def close(self) -> None:
        """Shuts the doors, tells everybody 421, and waits for what is being filed; the rest was not
        acknowledged."""
        for server in self._servers:
            server.close()
        tasks = [connection.task for connection in self._connections if connection.task is not None]
        for connection in list(self._connections):
            connection.interrupt()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, connection: Connection, door: Door) -> None:
        limits = of(LimitSettings)
        key = address_key(connection.network_address)
        if self._seats.total >= limits.connections:
            await _refuse(connection, replies.SERVER_FULL)
            return
        if not self._seats.take(key, limits.connections_per_address):
            await _refuse(connection, replies.TOO_MANY_CONNECTIONS)
            return
        self._connections.add(connection)
        if door.kind is not Kind.LMTP:  # whoever says nothing, or nothing of use, makes room
            door.guests.enter(connection, connection.abort, limits.unsigned_connections)
        try:
            await Session(connection, door).run()
        except Exception:  # a door: nothing rises to the loop
            logger.exception("smtp session")
        finally:
            self._connections.discard(connection)
            door.guests.leave(connection)
            self._seats.leave(key)
            connection.close()


async def _refuse(connection: Connection, said: Reply) -> None:
    with contextlib.suppress(ConnectionError):
        await connection.write(format_reply(said), GRACE_S)
    connection.close()
