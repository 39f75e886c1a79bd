"""How costs grow with the mail that is kept: `python -m bench.growth --draw docs/images/growth.svg`.

Ours alone: one mailbox of one, ten and a hundred thousand messages, then a hundred messages in each of more and more
mail accounts. What is flat costs the same for each message returned, however much else is kept. A million messages take
an hour to file: with `--data` the accounts stay there, and a run that was cut short goes on.
"""

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench import ours
from bench.chart import Line, draw_chart
from bench.client import Connection, Server, deliver
from bench.file_away import make_short_messages

ROUNDS = 5
PAGE = 50
EACH = 100
DELIVERED = 2000
"""By LMTP, timed, at each size; what the mail grows by otherwise is filed straight away."""
VISITED = 20
"""Accounts looked into, of however many there are."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000, help="messages in the largest mailbox (100000; 0: none)")
    parser.add_argument("--accounts", type=int, default=10_000, help="mail accounts, a hundred messages each (10000)")
    parser.add_argument("--data", type=Path, help="keeps the mail accounts there, for a run that goes on")
    parser.add_argument("--draw", type=Path, help="draws the figures there (SVG)")
    parser.add_argument("--json", type=Path, help="writes the figures there")
    options = parser.parse_args()
    messages = make_short_messages()
    lines = _grow_mailbox(messages, options.messages) if options.messages else []
    with _keep(options.data) as data:
        lines += _grow_accounts(data, messages, options.accounts)
    for line in lines:
        told = "   ".join(f"{size:>7,}: {cost:8.1f}" for size, cost in line.points)
        growth = line.points[-1][1] / line.points[0][1]
        sys.stdout.write(f"{line.name:<52} {told}   µs each; × {growth:.2f}\n")
    if options.draw:
        options.draw.write_text(draw_chart("Cost of each message returned, by the mail that is kept", "µs", lines))
    if options.json:
        options.json.write_text(json.dumps({line.name: line.points for line in lines}, indent=1))
    return 0


@contextmanager
def _keep(data: Path | None) -> Iterator[Path]:
    """The folder itself, or one that is forgotten afterwards."""
    if data is None:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            yield Path(folder)
    else:
        data.mkdir(parents=True, exist_ok=True)
        yield data


def _list_sizes(largest: int, smallest: int) -> list[int]:
    """Powers of ten from the smallest to the largest, which comes last whatever it is."""
    sizes = []
    while smallest < largest:
        sizes.append(smallest)
        smallest *= 10
    return [*sizes, largest]


def _grow_mailbox(messages: list[bytes], largest: int) -> list[Line]:
    found: dict[str, list[tuple[int, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ours.running(Path(folder) / "ours", 1) as server:
        for size in _list_sizes(largest, 1000):
            cost = _grow(Path(folder) / "ours", server, messages, size)
            ours.wait_until_indexed(Path(folder) / "ours")
            costs = {
                "flags of all": _time_each(server, lambda there: (b"1:*", b"(FLAGS)", there)),
                "metadata of all": _time_each(
                    server, lambda there: (b"1:*", b"(FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE)", there)
                ),
                "metadata of the last fifty": _time_each(server, _ask_page),
                "delivery": cost,
            }
            for name, each in costs.items():
                found.setdefault(f"one mailbox: {name}", []).append((size, each))
            _say(f"one mailbox: {size} messages")
    return [Line(name, points) for name, points in found.items()]


def _ask_page(there: int) -> tuple[bytes, bytes, int]:
    return b"%d:%d" % (there - PAGE + 1, there), b"(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)", PAGE


def _grow_accounts(data: Path, messages: list[bytes], largest: int) -> list[Line]:
    """A size that was measured before is read back; the largest is measured again each time."""
    kept = data / "growth.json"
    found: dict[str, dict[str, float]] = json.loads(kept.read_text()) if kept.exists() else {}
    with ours.running(data / "ours", largest) as server:
        filled = 0
        for size in _list_sizes(largest, 100):
            if size == largest or str(size) not in found:
                some = replace(server, users=server.users[filled:size], addresses=server.addresses[filled:size])
                delivered = _grow(data / "ours", some, messages, EACH)
                ours.wait_until_indexed(data / "ours")
                chance = random.Random(size)
                page = statistics.median(_visit(server, chance.randrange(size)) for _ in range(VISITED))
                found[str(size)] = {"a first page of fifty": page, "delivery": delivered}
                kept.write_text(json.dumps(found))
            filled = size
            _say(f"accounts: {size} of a hundred messages")
    return [
        Line(f"accounts × {EACH}: {name}", [(int(size) * EACH, costs[name]) for size, costs in found.items()])
        for name in found[str(largest)]
    ]


def _grow(data: Path, server: Server, messages: list[bytes], each: int) -> float:
    """Gives each person messages until there are so many, more or less; gives the microseconds for each of those
    delivered, the last.
    """
    by_hand = max(each - DELIVERED // len(server.users), 0)
    logins = "\n".join(login for login, _ in server.users)
    filing = [sys.executable, "-m", "bench.file_away", str(data), str(by_hand)]
    subprocess.run(filing, input=logins, text=True, check=True)
    ours.wait_until_indexed(data)
    some = messages[: min(DELIVERED, each * len(server.users))]
    start = time.perf_counter()
    asyncio.run(deliver(server, some, 20))
    return (time.perf_counter() - start) * 1e6 / len(some)


def _time_each(server: Server, choose: Callable[[int], tuple[bytes, bytes, int]]) -> float:
    """Microseconds for each message returned, the median of some rounds, warm."""
    connection = Connection(server, 0)
    there = _select(connection)
    numbers, items, count = choose(there)
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        connection.ask(b"FETCH %b %b" % (numbers, items))
        took.append((time.perf_counter() - start) * 1e6 / count)
    connection.close()
    return statistics.median(took)


def _visit(server: Server, user: int) -> float:
    """Selects somebody's mailbox and fetches a page for the first time: microseconds for each of its messages."""
    connection = Connection(server, user)
    start = time.perf_counter()
    numbers, items, count = _ask_page(_select(connection))
    connection.ask(b"FETCH %b %b" % (numbers, items))
    took = (time.perf_counter() - start) * 1e6 / count
    connection.close()
    return took


def _select(connection: Connection) -> int:
    return next(
        int(line.split()[1]) for line in connection.read(b"SELECT INBOX").split(b"\r\n") if line.endswith(b" EXISTS")
    )


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
