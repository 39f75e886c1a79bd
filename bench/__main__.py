"""Runs the measures against Dovecot and against us, in turn, and prints the table."""

import argparse
import asyncio
import datetime
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import dovecot, many, measures, ours, searching
from bench.client import Server, deliver
from bench.corpus import make_messages
from corneille.doors.frame.tls_settings import Tls
from corneille.run.certificate import find_certificate


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; `at_least` is the design's figure for ours / theirs, above 1 being better."""

    name: str
    unit: str
    take: Callable[[Server], float]
    at_least: float
    is_rate: bool = False
    rounds: int | None = None


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="messages in the large mailbox (20000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measure; medians are printed (5)")
    parser.add_argument("--mix-seconds", type=float, default=20, help="length of one round of the command mix (20)")
    parser.add_argument("--users", type=int, default=51, help="people; the first has the large mailbox (51)")
    parser.add_argument("--processes", type=int, default=1, help="processes of our server (1)")
    parser.add_argument("--connections", type=int, default=5000, help="silent connections of the second memory line (5000)")
    parser.add_argument("--only", default="", help="only the measures whose names begin so, separated by commas")
    parser.add_argument("--json", type=Path, help="writes the figures there too")
    options = parser.parse_args()
    messages = make_messages(2000)
    lines = [
        Measure("select, large mailbox", "ms", measures.select_ms, 3),
        Measure("flags, large mailbox", "ms", measures.flags_ms, 0.8),
        Measure("metadata, large mailbox", "ms", measures.metadata_ms, 2),
        Measure("2,000 bodies", "ms", measures.bodies_ms, 1.5),
        Measure("delivery, LMTP × 20", "messages/s", measures.delivery_per_s(messages[:1000]), 1, is_rate=True),
        Measure(
            "command mix × 50", "commands/s", measures.mix_per_s(options.mix_seconds, 50, messages[0]), 0.7, is_rate=True
        ),
    ]
    lines += [
        Measure("QRESYNC, 100 changes", "ms", searching.resync_ms, 0.8),
        Measure("search, header keys", "ms", searching.search_ms(searching.HEADERS), 1),
        Measure("search, TEXT", "ms", searching.search_ms(searching.TEXT), 20),
        Measure("search, a common word", "ms", searching.search_ms(searching.COMMON_TEXT), 1),
        Measure("latency, DATA to EXISTS", "ms", many.latency_ms(messages[1]), 30),
        Measure("sign-in, TLS × 20", "sign-ins/s", many.sign_in_per_s, 1, is_rate=True),
        Measure("fairness, NOOP p99", "ms", many.fairness_ms, 1),
        *(
            Measure(f"memory × {count:,}", "kB each", many.memory_kb(count), 8, rounds=1)
            for count in (500, options.connections)
        ),
    ]
    lines = [line for line in lines if line.name.startswith(tuple(options.only.split(",")))]
    if not lines:
        parser.error(f"no measure begins with {options.only!r}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o755)
        shown = find_certificate(Tls(), folder, "localhost", datetime.datetime.now(datetime.UTC))
        both = [
            stack.enter_context(dovecot.running(folder / "dovecot", shown.chain, shown.key, options.users)),
            stack.enter_context(ours.running(folder / "ours", options.users, options.processes)),
        ]
        for server in both:
            _fill(server, messages, options.messages)
        ours.wait_until_indexed(folder / "ours")
        searching.compare_answers(both, [searching.HEADERS, searching.TEXT, searching.COMMON_TEXT])
        figures = {line.name: _take(line, both, options.rounds) for line in lines}
    _print(lines, figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


def _fill(server: Server, messages: list[bytes], count: int) -> None:
    """The large mailbox, and forty messages for everybody."""
    big = Server(server.name, server.imaps_port, server.lmtp_port, server.users, server.addresses[:1])
    for start in range(0, count, len(messages)):
        asyncio.run(deliver(big, messages[: count - start], 20))
        _say(f"{server.name}: {min(count, start + len(messages))}/{count} messages")
    asyncio.run(deliver(server, (messages * 2)[: 40 * len(server.users)], 20))


def _take(line: Measure, both: list[Server], rounds: int) -> dict[str, list[float]]:
    """Rounds interleaved, so that a busy moment of the machine touches both."""
    taken: dict[str, list[float]] = {server.name: [] for server in both}
    rounds = line.rounds or rounds
    for number in range(rounds):
        for server in both:
            taken[server.name].append(line.take(server))
        _say(f"{line.name}: round {number + 1}/{rounds}")
    return taken


def _print(lines: list[Measure], figures: dict[str, dict[str, list[float]]]) -> None:
    row = "{:<26} {:>12} {:>12} {:<11} {:>7} {:>9}"
    sys.stdout.write(row.format("measure", "Dovecot", "Corneille", "", "ratio", "at least") + "\n")
    for line in lines:
        theirs, own = (statistics.median(figures[line.name][name]) for name in ("Dovecot", "Corneille"))
        ratio = own / theirs if line.is_rate else theirs / own
        numbers = (f"{theirs:.1f}", f"{own:.1f}", line.unit, f"{ratio:.2f}", f"{line.at_least:g}")
        sys.stdout.write(row.format(line.name, *numbers) + "\n")
    sys.stdout.write("Medians; ratio above 1: ours is better. IMAP over TLS on both; Dovecot: mdbox, mail_fsync=always.\n")


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
