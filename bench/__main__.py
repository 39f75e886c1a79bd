"""Runs the measures against Dovecot and against us, in turn, and prints the table."""

import argparse
import asyncio
import datetime
import json
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench import dovecot, many, measures, ours, searching
from bench.client import Server, deliver
from bench.corpus import make_messages
from bench.table import Measure, format_page, format_table
from corneille.doors.frame.tls_settings import Tls
from corneille.run.certificate import find_certificate


def main() -> int:
    options = _parse()
    messages = make_messages(2000)
    lines = [line for line in _list_lines(options, messages) if line.name.startswith(tuple(options.only.split(",")))]
    if not lines:
        raise SystemExit(f"no measure begins with {options.only!r}")
    figures: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o755)
        shown = find_certificate(Tls(), folder, "localhost", datetime.datetime.now(datetime.UTC))
        theirs = stack.enter_context(dovecot.running(folder / "dovecot", shown.chain, shown.key, options.users))
        _fill(theirs, messages, options.messages)
        is_filled = False
        for processes in sorted({line.processes for line in lines}):
            with ours.running(folder / "ours", options.users, processes) as own:
                if not is_filled:
                    _fill(own, messages, options.messages)
                    ours.wait_until_indexed(folder / "ours")
                    searching.compare_answers([theirs, own], searching.ASKED)
                    is_filled = True
                for line in lines:
                    if line.processes == processes:
                        figures[line.name] = _take(line, [own] if line.is_ours_alone else [theirs, own], options.rounds)
    sys.stdout.write(format_table(lines, figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    if options.markdown:
        sizes = f"{options.messages:,} messages in the large mailbox, {options.rounds} rounds, mix {options.mix_seconds:g} s"
        options.markdown.write_text(format_page(lines, figures, sizes, datetime.datetime.now(datetime.UTC).date()))
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="messages in the large mailbox (20000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measure; medians are printed (5)")
    parser.add_argument("--mix-seconds", type=float, default=20, help="length of one round of the command mix (20)")
    parser.add_argument("--users", type=int, default=51, help="people; the first has the large mailbox (51)")
    parser.add_argument("--processes", type=int, default=1, help="processes of our server, but for the second mix (1)")
    parser.add_argument("--connections", type=int, default=5000, help="silent connections of the second memory line (5000)")
    parser.add_argument("--only", default="", help="only the measures whose names begin so, separated by commas")
    parser.add_argument("--json", type=Path, help="writes the figures there too")
    parser.add_argument("--markdown", type=Path, help="writes the table there as a page: docs/speed.md")
    return parser.parse_args()


def _list_lines(options: argparse.Namespace, messages: list[bytes]) -> list[Measure]:
    """The design's table, in its order, but for reception and growth (`bench.growth`)."""
    mix = measures.mix_per_s(options.mix_seconds, 50, messages[0])
    lines = [
        Measure("command mix × 50", "commands/s", mix, 0.7, 1.2, is_rate=True),
        Measure("command mix, two processes", "commands/s", mix, 1, 1.2, is_rate=True, processes=2),
        Measure("metadata, large mailbox", "ms", measures.metadata_ms, 2, 4),
        Measure("flags, large mailbox", "ms", measures.flags_ms, 0.8, 1.5),
        Measure("QRESYNC, 100 changes", "ms", searching.resync_ms, 0.8, 1.5),
        Measure("select, large mailbox", "ms", measures.select_ms, 3, 10),
        Measure("2,000 bodies", "ms", measures.bodies_ms, 1.5, 3),
        Measure("search, header keys", "ms", searching.search_ms(searching.HEADERS), 1, 100),
        Measure("search, TEXT", "ms", searching.search_ms(searching.TEXT), 20, 100),
        Measure("search, BODY", "ms", searching.search_ms(searching.BODY), 20, 100),
        Measure("search, a common word", "ms", searching.search_ms(searching.COMMON_TEXT), 1, 1),
        Measure("search by words, the page", "ms", searching.search_page_ms, 100, 50, is_bound=True, is_ours_alone=True),
        Measure("delivery, LMTP × 20", "messages/s", measures.delivery_per_s(messages[:1000]), 1, 2, is_rate=True),
        Measure("latency, DATA to EXISTS", "ms", many.latency_ms(messages[1]), 30, 100),
        Measure("sign-in, TLS × 20", "sign-ins/s", many.sign_in_per_s, 1, 2, is_rate=True),
        Measure("fairness, NOOP p99", "ms", many.fairness_ms, 25, 5, is_bound=True),
        *(
            Measure(f"memory × {count:,}", "kB each", many.memory_kb(count), 8, 15, rounds=1)
            for count in (500, options.connections)
        ),
    ]
    return [replace(line, processes=options.processes) if line.processes == 1 else line for line in lines]


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


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
