"""What is measured: one function a line of the table, each giving a figure for one server."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence

from bench.client import Connection, Server, ask, deliver, read_reply, trusting

BIG = 0
"""The user whose INBOX holds the large mailbox."""

METADATA = b"UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)"
MIX = (
    ("flags", 30), ("metadata", 20), ("body", 15), ("store", 15), ("noop", 10), ("select", 5), ("search", 3), ("append", 2),
)  # fmt: skip
"""Commands and their weights, in hundredths."""


def _timed(connection: Connection, command: bytes) -> float:
    start = time.perf_counter()
    connection.ask(command)
    return (time.perf_counter() - start) * 1000


def select_ms(server: Server) -> float:
    """SELECT of the large mailbox to its OK, on an authenticated connection."""
    connection = Connection(server, BIG)
    try:
        _timed(connection, b"SELECT INBOX")
        connection.ask(b"UNSELECT")
        return _timed(connection, b"SELECT INBOX")
    finally:
        connection.close()


def flags_ms(server: Server) -> float:
    """Flags of every message of the large mailbox, warm."""
    return _fetch_ms(server, b"UID FETCH 1:* (FLAGS)")


def metadata_ms(server: Server) -> float:
    """Flags, date, size, envelope and structure of every message, warm."""
    return _fetch_ms(server, METADATA)


def _fetch_ms(server: Server, command: bytes) -> float:
    connection = Connection(server, BIG)
    try:
        connection.ask(b"SELECT INBOX")
        _timed(connection, command)
        return _timed(connection, command)
    finally:
        connection.close()


def bodies_ms(server: Server) -> float:
    """2,000 whole messages (fewer when the mailbox has fewer), warm."""
    return _fetch_ms(server, b"UID FETCH 1:2000 (BODY.PEEK[])")


def delivery_per_s(messages: Sequence[bytes]) -> Callable[[Server], float]:
    """LMTP on 20 connections into every mail account but the large one, until acknowledged, hence visible."""

    def measure(server: Server) -> float:
        others = Server(server.name, server.imaps_port, server.lmtp_port, server.users, server.addresses[1:])
        start = time.perf_counter()
        asyncio.run(deliver(others, messages, 20))
        return len(messages) / (time.perf_counter() - start)

    return measure


def mix_per_s(seconds: float, connections: int, message: bytes) -> Callable[[Server], float]:
    """A closed loop of common commands on many connections; commands per second."""
    return lambda server: asyncio.run(_mix(server, seconds, connections, message))


async def _mix(server: Server, seconds: float, connections: int, message: bytes) -> float:
    end = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_work(server, number, end, message) for number in range(connections)))
    return sum(counts) / seconds


async def _work(server: Server, number: int, end: float, message: bytes) -> int:
    chance = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.imaps_port, ssl=trusting(), limit=1 << 22)
    await reader.readline()
    login, password = server.users[1 + number % (len(server.users) - 1)]
    await ask(reader, writer, b"l", b'LOGIN "%b" "%b"' % (login.encode(), password.encode()))
    selected = await ask(reader, writer, b"s", b"SELECT INBOX")
    there = next(int(line.split()[1]) for line in selected.splitlines() if line.endswith(b" EXISTS"))
    names, weights = zip(*MIX, strict=True)
    count = 0
    while time.perf_counter() < end:
        name = chance.choices(names, weights)[0]
        first = chance.randint(1, max(1, there - 50))
        command = {
            "flags": b"FETCH %d:%d (FLAGS)" % (first, min(there, first + 49)),
            "metadata": b"FETCH %d:%d (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)" % (first, min(there, first + 19)),
            "body": b"FETCH %d (BODY.PEEK[])" % first,
            "store": b"STORE %d %bFLAGS.SILENT (\\Flagged)" % (first, chance.choice([b"+", b"-"])),
            "noop": b"NOOP",
            "select": b"SELECT INBOX",
            "search": b"SEARCH UNSEEN",
            "append": b"APPEND INBOX {%d}" % len(message),
        }[name]
        if name == "append":
            writer.write(b"a " + command + b"\r\n")
            while not (await reader.readline()).startswith(b"+"):
                continue
            writer.write(message + b"\r\n")
            await read_reply(reader, b"a")
        else:
            await ask(reader, writer, b"a", command)
        count += 1
    writer.close()
    return count

