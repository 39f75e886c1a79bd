"""Reading, app passwords and twenty web sign-ins at once, quiet and beside an attack on passwords: `python -m bench.attack`.

Owners come from a network that is familiar, since they have signed in from there before; travellers from one never seen.
The attack guesses from a thousand networks (addresses of 127/8), on accounts that exist and on none, over IMAP. Each load
runs in a process of its own, and all of them share the machine with the server: the figures are a floor.
"""

import argparse
import asyncio
import itertools
import json
import multiprocessing
import queue
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench import ours
from bench.client import Server, ask, deliver, read_reply, trusting
from bench.corpus import make_messages
from bench.web import Site

Tries = list[tuple[str, float]]
"""What came of each try, and the milliseconds that it took."""
Load = Callable[[Server, float], Coroutine[None, None, Tries]]
USERS = 100
"""Who has mail, forty messages each; readers and the web's people are among them. Others sign in, and are guessed at."""
READERS, READS_PER_S = 20, 5
SIGN_INS_PER_S = 100
TRAVELLERS_PER_S = 2
WEB_EVERY_S = 5.0
TRIES_PER_S = 500
TRIES_PER_CONNECTION = 3
NETWORKS = 1000
QUIET_COUNTRY, OTHER_COUNTRY = 100, 101
"""Of 127/8: nobody else comes from there, and the second part finds no network that the first made familiar."""
WARM_UP_S = 2.0
"""Everybody's program signs in once and its owner is told of it, which comes once in its life, before all is measured."""


async def read_mail(server: Server, seconds: float) -> Tries:
    """Twenty programs that are in already: a page of metadata or a message, five times a second each."""
    end = time.perf_counter() + seconds

    async def work(number: int) -> Tries:
        chance, tries = random.Random(number), Tries()
        reader, writer = await asyncio.open_connection("127.0.0.1", server.imaps_port, ssl=trusting(), limit=1 << 22)
        await reader.readline()
        login, password = server.users[number]
        await ask(reader, writer, b"l", b'LOGIN "%b" "%b"' % (login.encode(), password.encode()))
        await ask(reader, writer, b"s", b"SELECT INBOX")
        while time.perf_counter() < end:
            await asyncio.sleep(chance.expovariate(READS_PER_S))
            first = chance.randint(1, 20)
            pages = b"FETCH %d:%d (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)" % (first, first + 19)
            start = time.perf_counter()
            await ask(reader, writer, b"a", chance.choice([pages, b"FETCH %d (BODY.PEEK[])" % first]))
            tries.append(("read", (time.perf_counter() - start) * 1000))
        writer.close()
        return tries

    return list(itertools.chain(*await asyncio.gather(*map(work, range(READERS)))))


async def sign_in(server: Server, seconds: float) -> Tries:
    """A hundred connections a second, each with its app password: TLS, LOGIN, LOGOUT."""

    async def one(number: int) -> tuple[str, float]:
        login, password = server.users[number % len(server.users)]
        start = time.perf_counter()
        (said,) = await _log_in(server, [(login, password)], "127.0.0.1")
        return said, (time.perf_counter() - start) * 1000

    return await at_rate(one, SIGN_INS_PER_S, seconds)


async def travel(server: Server, seconds: float, *, country: int) -> Tries:
    """Two owners a second, each from a network of this country that nobody was ever seen on, with an app password."""

    async def one(number: int) -> tuple[str, float]:
        start = time.perf_counter()
        address = f"127.{country}.{number % 250}.1"
        (said,) = await _log_in(server, [server.users[number % len(server.users)]], address)
        return said, (time.perf_counter() - start) * 1000

    return await at_rate(one, TRAVELLERS_PER_S, seconds)


async def sign_in_at_web(_server: Server, seconds: float, *, sites: Sequence[Site]) -> Tries:
    """All of them at once with their main passwords, in browsers that are known; and again every five seconds."""
    end, tries = time.perf_counter() + seconds, Tries()

    def one(site: Site) -> tuple[str, float]:
        site.leave()
        start = time.perf_counter()
        try:
            site.sign_in()
            said = "OK"
        except (RuntimeError, OSError) as error:
            said = type(error).__name__
        return said, (time.perf_counter() - start) * 1000

    with ThreadPoolExecutor(len(sites)) as threads:
        while time.perf_counter() < end:
            begun = time.perf_counter()
            tries += threads.map(one, sites)
            await asyncio.sleep(max(0.0, begun + WEB_EVERY_S - time.perf_counter()))
    return tries


async def attack(server: Server, seconds: float) -> Tries:
    """Five hundred guesses a second, three on each connection, from a thousand networks."""
    chance = random.Random(7)

    async def three(number: int) -> tuple[str, float]:
        network = number % NETWORKS
        address = f"127.{1 + network // 250}.{network % 250}.{1 + number % 200}"
        names = [chance.choice(server.users)[0] if chance.random() < 0.5 else f"personne{number}" for _ in range(3)]
        start = time.perf_counter()
        said = await _log_in(server, [(name, f"guess {chance.random()}") for name in names], address)
        return " ".join(said), (time.perf_counter() - start) * 1000

    return await at_rate(three, TRIES_PER_S / TRIES_PER_CONNECTION, seconds)


async def at_rate(one: Callable[[int], Coroutine[None, None, tuple[str, float]]], per_s: float, seconds: float) -> Tries:
    """Begins that many a second whatever becomes of those before: an attacker does not wait."""
    begun, start = [], time.perf_counter()
    for number in range(int(per_s * seconds)):
        await asyncio.sleep(max(0.0, start + number / per_s - time.perf_counter()))
        begun.append(asyncio.create_task(one(number)))
    return await asyncio.gather(*begun)


async def _log_in(server: Server, given: list[tuple[str, str]], address: str) -> list[str]:
    """One connection; gives OK, or the code of each refusal."""
    said = []
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", server.imaps_port, ssl=trusting(), local_addr=(address, 0)
        )
        await reader.readline()
        for login, password in given:
            writer.write(b'l LOGIN "%b" "%b"\r\n' % (login.encode(), password.encode()))
            answer = (await read_reply(reader, b"l")).splitlines()[-1].decode()
            said.append(answer.split()[2].strip("[]") if " NO " in answer else "OK")
        writer.close()
    except (ConnectionError, OSError):
        said.append("closed")
    return said




def _run(name: str, load: Load, server: Server, seconds: float, into: "multiprocessing.Queue[tuple[str, Tries]]") -> None:
    into.put((name, asyncio.run(load(server, seconds))))


def measure(server: Server, seconds: float, loads: Mapping[str, Load]) -> dict[str, Tries]:
    """Runs these loads at once, each in a process of its own. Raises RuntimeError when one of them dies."""
    into: multiprocessing.Queue[tuple[str, Tries]] = multiprocessing.Queue()
    started = [multiprocessing.Process(target=_run, args=(*each, server, seconds, into)) for each in loads.items()]
    for each in started:
        each.start()
    found: dict[str, Tries] = {}
    while len(found) < len(started):
        try:
            name, tries = into.get(timeout=1)
        except queue.Empty:
            if any(each.exitcode for each in started):
                raise RuntimeError("a load died: what it said stands above") from None
            continue
        found[name] = tries
    for each in started:
        each.join()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.attack", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="length of each part (20)")
    parser.add_argument("--processes", type=int, default=2, help="processes of our server (2)")
    parser.add_argument("--people", type=int, default=USERS, help="accounts, each with an app password (100)")
    parser.add_argument("--data", type=Path, help="a folder that keeps them: 60,000 take a quarter of an hour to make")
    parser.add_argument("--json", action="store_true", help="every figure as JSON")
    options = parser.parse_args()
    told = {}
    with ExitStack() as stack:
        folder = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))) / "ours"
        server = stack.enter_context(ours.running(folder, options.people, options.processes))
        readers = replace(server, addresses=server.addresses[:USERS])
        for _ in range(2):
            asyncio.run(deliver(readers, make_messages(20 * USERS), 20))
        ours.wait_until_indexed(folder)
        sites = [Site(person) for person in server.web]
        measure(server, max(WARM_UP_S, min(options.people / SIGN_INS_PER_S, options.seconds)), {"sign in": sign_in})
        ours.wait_until_told(folder)
        quiet: dict[str, Load] = {"read": read_mail, "sign in": sign_in, "web": partial(sign_in_at_web, sites=sites)}
        parts: dict[str, dict[str, Load]] = {
            "quiet": {**quiet, "travellers": partial(travel, country=QUIET_COUNTRY)},
            "beside the attack": {**quiet, "travellers": partial(travel, country=OTHER_COUNTRY), "attack": attack},
        }
        for part, loads in parts.items():
            for site in sites:  # anew: a device's cookie is renewed at each sign-in, and the last part's died with it
                site.leave()
                site.sign_in()
            told[part] = measure(server, options.seconds, loads)
    if options.json:
        sys.stdout.write(json.dumps(told))
        return 0
    tell(told, options.seconds)
    return 0


def tell(told: dict[str, dict[str, Tries]], seconds: float) -> None:
    """Prints a line for each load of each part."""
    row = "{:<20} {:<9} {:>7} {:>9} {:>9} {:>9}  {}\n"
    sys.stdout.write(row.format("", "", "per s", "p50 ms", "p99 ms", "max ms", "answers"))
    for part, loads in told.items():
        for name, tries in loads.items():
            took = sorted(ms for _said, ms in tries)
            answers: dict[str, int] = {}
            for said in itertools.chain(*(each.split() for each, _ms in tries)):
                answers[said] = answers.get(said, 0) + 1
            shown = " ".join(f"{said} {count}" for said, count in sorted(answers.items()))
            figures = (statistics.median(took), took[int(len(took) * 0.99)], took[-1])
            rate = f"{len(tries) / seconds:.0f}"
            sys.stdout.write(row.format(part, name, rate, *(f"{figure:.1f}" for figure in figures), shown))


if __name__ == "__main__":
    sys.exit(main())
