"""What is measured of many connections: sign-ins, how soon a delivery shows, memory, and who waits for whom."""

import asyncio
import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.synchronize import Event

from bench.client import Connection, Server, ask, deliver, trusting
from bench.measures import BIG, METADATA
from bench.memory import read_memory_kb
from bench.web import Site

SIGN_INS, AT_ONCE = 400, 20
DELIVERIES = 40
FETCHERS, FAIR_S, NOOP_EVERY_S = 4, 8.0, 0.02
OPENED_AT_ONCE = 50
SETTLED_S = 2.0


def sign_in_per_s(server: Server) -> float:
    """TLS connections that sign in with an app password and leave, twenty at a time; sign-ins per second."""

    async def run() -> float:
        numbers, start = iter(range(SIGN_INS)), time.perf_counter()

        async def work() -> None:
            for number in numbers:
                _reader, writer = await _sign_in(server, 1 + number % (len(server.users) - 1))
                writer.close()

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return SIGN_INS / (time.perf_counter() - start)

    return asyncio.run(run())


def latency_ms(message: bytes) -> Callable[[Server], float]:
    """From the end of DATA (LMTP) to EXISTS on a client that idles; the median of forty deliveries."""

    async def run(server: Server) -> float:
        reader, writer = await _sign_in(server, 1)
        await ask(reader, writer, b"s", b"SELECT INBOX")
        writer.write(b"i IDLE\r\n")
        await _wait_for(reader, b"+")
        one = Server(server.name, server.imaps_port, server.lmtp_port, server.users, server.addresses[1:2])
        took = []
        for _ in range(DELIVERIES):
            told = asyncio.create_task(_wait_for(reader, b"EXISTS"))
            sent: list[float] = []
            await deliver(one, [message], 1, sent)
            took.append((await told - sent[0]) * 1000)
        writer.close()
        return statistics.median(took)

    return lambda server: asyncio.run(run(server))


def memory_kb(count: int) -> Callable[[Server], float]:
    """Memory (PSS of every process of the server) for each of so many authenticated TLS connections that are silent."""

    async def run(server: Server) -> float:
        before, numbers, opened = read_memory_kb(server.pid), iter(range(count)), []

        async def work() -> None:
            for number in numbers:
                opened.append(await _sign_in(server, number % len(server.users)))

        await asyncio.gather(*(work() for _ in range(OPENED_AT_ONCE)))
        await asyncio.sleep(SETTLED_S)
        taken = read_memory_kb(server.pid) - before
        for _reader, writer in opened:
            writer.transport.abort()
        return taken / count

    return lambda server: asyncio.run(run(server))


def fairness_ms(server: Server) -> float:
    """NOOP's 99th percentile while four clients fetch the large mailbox's metadata and one person reads in the web pages."""
    ended = multiprocessing.Event()
    workers = [multiprocessing.Process(target=_fetch_on, args=(server, ended)) for _ in range(FETCHERS)]
    if server.web:
        workers.append(multiprocessing.Process(target=_read_pages, args=(server, ended)))
    with ExitStack() as stack:
        connection = Connection(server, 1)
        stack.callback(connection.close)
        for each in workers:
            each.start()
            stack.callback(each.join)
        stack.callback(ended.set)
        connection.ask(b"SELECT INBOX")
        time.sleep(1)  # everybody is at it
        took, end = [], time.perf_counter() + FAIR_S
        while time.perf_counter() < end:
            time.sleep(NOOP_EVERY_S)
            start = time.perf_counter()
            connection.ask(b"NOOP")
            took.append((time.perf_counter() - start) * 1000)
    if any(each.exitcode for each in workers):
        raise RuntimeError(f"{server.name}: a client beside the measure failed")
    return statistics.quantiles(took, n=100)[98]


def _fetch_on(server: Server, ended: Event) -> None:
    connection = Connection(server, BIG)
    connection.ask(b"SELECT INBOX")
    while not ended.is_set():
        connection.ask(METADATA)
    connection.close()


def _read_pages(server: Server, ended: Event) -> None:
    site = Site(server.web[0])
    site.sign_in()
    for page in itertools.cycle(("/courrier/", "/", "/mes-connexions")):
        if ended.is_set():
            return
        site.get(page)


async def _sign_in(server: Server, user: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.imaps_port, ssl=trusting(), limit=1 << 18)
    await reader.readline()
    login, password = server.users[user]
    await ask(reader, writer, b"l", b'LOGIN "%b" "%b"' % (login.encode(), password.encode()))
    return reader, writer


async def _wait_for(reader: asyncio.StreamReader, mark: bytes) -> float:
    while mark not in await reader.readline():
        continue
    return time.perf_counter()
