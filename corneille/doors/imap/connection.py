"""One socket: octets in, octets out, TLS, DEFLATE, back-pressure, deadlines. It knows nothing of IMAP."""

import asyncio
import math
import ssl
from collections.abc import Callable
from typing import Protocol, cast

from corneille.doors.frame.tls import HANDSHAKE_S, SHUTDOWN_S
from corneille.doors.imap.deflate import Deflate

CHUNKS = 16
"""What was packed is handed on in chunks, so many in a turn."""

WRITE_BYTES = 64 * 1024
"""Above this, writers wait until the client has read."""


class Listener(Protocol):
    """Who hears what happens on the socket."""

    def receive(self, data: bytes) -> None: ...

    def lose(self) -> None: ...

    def expire(self) -> None: ...


class Connection(asyncio.Protocol):
    """Hands octets to its listener and writes what it is given.

    listen  makes the listener when the connection stands (after TLS, where TLS comes first); None: turned away
    part    is called when it is over
    """

    def __init__(
        self, listen: "Callable[[Connection], Listener | None]", part: "Callable[[Connection], None]", *, is_tls: bool
    ) -> None:
        self._listen, self._part = listen, part
        self._listener: Listener | None = None
        self._transport: asyncio.Transport | None = None
        self._can_write: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._timeout_s = 0.0
        self._deadline_s = 0.0
        self._latest_s = math.inf
        self._counts_activity = False
        self._is_reading = True
        self._deflate: Deflate | None = None
        self.is_tls = is_tls
        self.address = ""
        self.is_lost = False
        self.loop = asyncio.get_running_loop()

    # From the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=WRITE_BYTES)
        peer = transport.get_extra_info("peername")
        self.address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._listener = self._listen(self)
        if self._listener is None:
            transport.close()

    def data_received(self, data: bytes) -> None:
        self._note_activity()
        if self._deflate is not None:
            self._deflate.feed(data)
            self._unpack()
        elif self._listener is not None:
            self._listener.receive(data)

    def _unpack(self) -> None:
        """Hands on what the client packed, while somebody wants to read it and others have their turn: a few octets may
        stand for very many, and no more are taken before these are done with."""
        assert self._transport is not None
        assert self._deflate is not None
        for _ in range(CHUNKS):
            if not self._is_reading or self._listener is None:
                return
            try:
                data = self._deflate.unpack()
            except ValueError:
                self.abort()
                return
            if not data:
                self._transport.resume_reading()
                return
            self._listener.receive(data)
        if not self.is_lost:
            self._transport.pause_reading()
            self.loop.call_soon(self._unpack)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        if self._timer is not None:
            self._timer.cancel()
        if self._can_write is not None and not self._can_write.done():
            self._can_write.set_exception(ConnectionResetError())
            self._can_write.exception()  # nobody may be waiting
        if self._listener is not None:
            self._listener.lose()
            self._listener = None
        self._part(self)

    def pause_writing(self) -> None:
        self._can_write = self.loop.create_future()

    def resume_writing(self) -> None:
        self._note_activity()  # a slow reader of a long answer is not silent
        if self._can_write is not None and not self._can_write.done():
            self._can_write.set_result(None)
        self._can_write = None

    # From the session.

    @property
    def is_blocked(self) -> bool:
        """True while the client does not read what was written."""
        return self._can_write is not None

    @property
    def unsent_bytes(self) -> int:
        """Octets written that the client has not taken yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def write(self, data: bytes) -> None:
        if self._transport is not None and not self.is_lost:
            self._transport.write(data if self._deflate is None else self._deflate.pack(data))

    async def drain(self) -> None:
        """Waits until the client has read enough. Raises ConnectionResetError when it has gone."""
        if self.is_lost:
            raise ConnectionResetError
        if self._can_write is not None:
            await asyncio.shield(self._can_write)

    def read(self, *, wanted: bool) -> None:
        """Stops reading from the socket, or goes on."""
        if wanted == self._is_reading or self._transport is None or self.is_lost:
            return
        self._is_reading = wanted
        if wanted:
            if self._deflate is None:
                self._transport.resume_reading()
            else:
                self.loop.call_soon(self._unpack)
        else:
            self._transport.pause_reading()

    def expire_in(self, timeout_s: float, *, of_silence: bool, at_most_s: float = math.inf) -> None:
        """Tells the listener `expire` after so much time in all, or so much silence, and at most so much in all."""
        self._timeout_s, self._counts_activity = timeout_s, of_silence
        self._deadline_s = self.loop.time() + timeout_s
        self._latest_s = self.loop.time() + at_most_s
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_at(self._deadline_s, self._look_at_the_time)

    def _note_activity(self) -> None:
        if self._counts_activity:
            self._deadline_s = min(self.loop.time() + self._timeout_s, self._latest_s)

    def _look_at_the_time(self) -> None:
        if self.loop.time() < self._deadline_s:
            self._timer = self.loop.call_at(self._deadline_s, self._look_at_the_time)
        elif self._listener is not None:
            self._listener.expire()

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Puts TLS on a plain connection whose reading was stopped before the client was told to begin."""
        assert self._transport is not None
        transport = await self.loop.start_tls(
            self._transport, self, context, server_side=True,
            ssl_handshake_timeout=HANDSHAKE_S, ssl_shutdown_timeout=SHUTDOWN_S,
        )
        if transport is None:
            raise ConnectionResetError
        self._transport = transport
        self._transport.set_write_buffer_limits(high=WRITE_BYTES)
        self.is_tls = self._is_reading = True

    @property
    def is_compressed(self) -> bool:
        return self._deflate is not None

    def compress(self) -> None:
        """From here on both sides speak DEFLATE."""
        self._deflate = Deflate()

    def close(self) -> None:
        """Closes once everything written has left."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Closes now."""
        if self._transport is not None:
            self._transport.abort()
