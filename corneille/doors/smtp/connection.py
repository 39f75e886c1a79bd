"""One socket: bytes in with back-pressure, bytes out, TLS. It knows nothing of SMTP."""

import asyncio
import ssl
from collections.abc import Callable, Coroutine
from typing import cast

from corneille.doors.frame.tls import HANDSHAKE_S, SHUTDOWN_S

HIGH_WATER_BYTES = 256 * 1024
"""Beyond this the socket is not read until what came has been taken."""


class Interrupted(Exception):
    """The server stops: nothing more is read from anybody."""


class Connection(asyncio.Protocol):
    """A socket that is read and written by one task, which `serve` makes when the socket is ready."""

    def __init__(self, serve: Callable[["Connection"], Coroutine[None, None, None]]) -> None:
        self._serve = serve
        self._transport: asyncio.Transport | None = None
        self._incoming = bytearray()
        self._is_ended = False
        self._is_interrupted = False
        self._is_reading_paused = False
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._deadline_s = 0.0
        self._can_write = asyncio.Event()
        self._can_write.set()
        self.task: asyncio.Task[None] | None = None
        self.network_address = ""

    # asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self.network_address = str(peer[0]).partition("%")[0].removeprefix("::ffff:") if peer else ""
        self.task = asyncio.get_running_loop().create_task(self._serve(self))

    def data_received(self, data: bytes) -> None:
        self._incoming += data
        if len(self._incoming) > HIGH_WATER_BYTES and not self._is_reading_paused:
            self._is_reading_paused = True
            self._open().pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self._is_ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_ended = True
        if self._timer is not None:
            self._timer.cancel()
        self._can_write.set()
        self._wake()

    def pause_writing(self) -> None:
        self._can_write.clear()

    def resume_writing(self) -> None:
        self._can_write.set()

    # the session calls these

    @property
    def is_tls(self) -> bool:
        return self._open().get_extra_info("ssl_object") is not None

    async def read(self, patience_s: float) -> bytes:
        """What has come, at least one byte; empty when the other side has closed. Raises Interrupted, TimeoutError."""
        while not self._incoming:
            if self._is_interrupted:
                raise Interrupted
            if self._is_ended:
                return b""
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            self._expire_at(loop.time() + patience_s)
            try:
                await self._waiter
            finally:
                self._waiter = None
        chunk = bytes(self._incoming)
        self._incoming.clear()
        if self._is_reading_paused:
            self._is_reading_paused = False
            self._open().resume_reading()
        return chunk

    async def write(self, data: bytes, patience_s: float) -> None:
        """Sends; waits while the other side does not read. Raises ConnectionError when it never does."""
        if not data or self._open().is_closing():
            return
        self._open().write(data)
        if self._can_write.is_set():
            return  # nearly always: a deadline costs more than the writing
        try:
            async with asyncio.timeout(patience_s):
                await self._can_write.wait()
        except TimeoutError:
            self.abort()
            raise ConnectionResetError("nothing was read for too long") from None

    async def start_tls(self, context: ssl.SSLContext) -> bool:
        """Shakes hands; false when that failed. What had come in clear is dropped (RFC 3207 §4.2)."""
        self._incoming.clear()
        try:
            transport = await asyncio.get_running_loop().start_tls(
                self._open(), self, context, server_side=True,
                ssl_handshake_timeout=HANDSHAKE_S, ssl_shutdown_timeout=SHUTDOWN_S,
            )  # fmt: skip
        except (OSError, ssl.SSLError):
            return False
        if transport is None:
            return False
        self._transport = transport
        return True

    def interrupt(self) -> None:
        """Makes the session's next read raise Interrupted, at once if it waits."""
        self._is_interrupted = True
        self._incoming.clear()
        self._wake()

    def close(self) -> None:
        """Closes after what was written has been sent."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Closes at once."""
        if self._transport is not None:
            self._transport.abort()

    def _open(self) -> asyncio.Transport:
        assert self._transport is not None, "made before anything is read or written"
        return self._transport

    def _expire_at(self, deadline_s: float) -> None:
        """Lets who waits go on with TimeoutError then. One timer serves many reads: each that ends in time leaves it."""
        self._deadline_s = deadline_s
        if self._timer is None or self._timer.when() > deadline_s:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_at(deadline_s, self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        self._timer = None
        if self._waiter is None or self._waiter.done():
            return
        if self._deadline_s > self._waiter.get_loop().time():
            self._expire_at(self._deadline_s)
        else:
            self._waiter.set_exception(TimeoutError())

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
