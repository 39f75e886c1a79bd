"""A socket whose other side misbehaves holds nothing for ever."""

import asyncio
import socket

import pytest

from corneille.doors.smtp.connection import Connection


async def test_who_never_reads_is_cut_off() -> None:
    outcome: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def serve(connection: Connection) -> None:
        try:
            await connection.write(b"x" * 50_000_000, 0.1)
            outcome.set_result("written")
        except ConnectionError:
            outcome.set_result("cut off")

    server = await asyncio.get_running_loop().create_server(lambda: Connection(serve), "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    async with asyncio.timeout(10):
        assert await outcome == "cut off"
    writer.close()
    server.close()


async def test_who_sends_without_end_is_not_read_without_end() -> None:
    sent_bytes = 0
    connections: list[Connection] = []

    async def serve(connection: Connection) -> None:
        connections.append(connection)  # and nobody reads

    server = await asyncio.get_running_loop().create_server(lambda: Connection(serve), "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        async with asyncio.timeout(0.5):
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()
                sent_bytes += 65536
    except TimeoutError:
        pass
    assert sent_bytes > 0
    assert len(await connections[0].read(1.0)) < 2 * 1024 * 1024
    writer.transport.abort()
    connections[0].abort()
    server.close()


class _Ahead(asyncio.SelectorEventLoop):
    """A loop whose time the test moves."""

    ahead_s = 0.0

    def time(self) -> float:
        return super().time() + self.ahead_s


def test_each_read_has_its_own_patience() -> None:
    async def converse() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _Ahead)
        near, far = socket.socketpair()
        waiting: list[Connection] = []

        async def serve(connection: Connection) -> None:
            waiting.append(connection)

        await loop.create_connection(lambda: Connection(serve), sock=near)
        await asyncio.sleep(0)
        connection = waiting[0]

        async def wait(seconds: float) -> None:
            loop.ahead_s += seconds
            for _ in range(3):
                await asyncio.sleep(0)

        first = asyncio.create_task(connection.read(100.0))
        await wait(60.0)
        far.send(b"in time")
        assert await first == b"in time"
        second = asyncio.create_task(connection.read(100.0))
        await wait(60.0)
        assert not second.done()
        await wait(60.0)
        with pytest.raises(TimeoutError):
            await second
        connection.abort()
        far.close()

    loop = _Ahead()
    try:
        loop.run_until_complete(converse())
    finally:
        loop.close()
