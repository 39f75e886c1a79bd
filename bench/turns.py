"""How long each command of IMAP keeps the loop to itself, in a large mailbox: `python -m bench.turns`.

The server runs in this process. What is told is the longest turn of the loop while one command was obeyed, in processor
time of the loop's thread: who else uses the machine, and what other threads do, changes it little. Five milliseconds are
the bound.
"""

import argparse
import asyncio
import base64
import datetime
import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Connection, Server
from bench.file_away import file_away
from bench.prepare import prepare

BOUND_MS = 5.0
LARGE_BYTES = 35 * 1024 * 1024
"""Of an attachment, before base64: with it a message has 49 MB."""


class Turns:
    """The longest turn of one thread's loop since it was asked last."""

    def __init__(self) -> None:
        self._longest_s, self._thread = 0.0, 0
        run, turns = asyncio.Handle._run, self

        def timed(self: asyncio.Handle) -> None:
            start_s = time.thread_time()
            run(self)
            if threading.get_ident() == turns._thread:
                turns._longest_s = max(turns._longest_s, time.thread_time() - start_s)

        asyncio.Handle._run = timed  # type: ignore[method-assign]  # asyncio's own debug mode tells wall-clock time alone

    def watch(self) -> None:
        """From here on it is this thread's loop."""
        self._thread = threading.get_ident()

    def take_ms(self) -> float:
        taken_s, self._longest_s = self._longest_s, 0.0
        return taken_s * 1000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--messages", type=int, default=30_000, help="messages in the mailbox (30000)")
    options = parser.parse_args()
    turns = Turns()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        people = prepare(Path(folder), 1)
        file_away(Path(folder), [people[0]["login"]], options.messages)
        from corneille.run.serve import spare_collections  # Django is set up only now

        with _serve(Path(folder), people, turns) as server:
            client, other = Connection(server, 0), Connection(server, 0)
            client.ask(b"APPEND INBOX {%d}" % len(large := _make_large()), large)
            spare_collections()
            other.ask(b"ENABLE CONDSTORE")
            other.ask(b"SELECT INBOX")
            for told, who, command in _list_commands(client, other, options.messages + 1):
                turns.take_ms()
                start_s = time.perf_counter()
                who.ask(command)
                whole_ms, longest_ms = (time.perf_counter() - start_s) * 1000, turns.take_ms()
                mark = "" if longest_ms <= BOUND_MS else "  *"
                sys.stdout.write(f"{told:<52} {whole_ms:9.1f} ms   longest turn {longest_ms:7.2f} ms{mark}\n")
    return 0


def _list_commands(client: Connection, other: Connection, count: int) -> Iterator[tuple[str, Connection, bytes]]:
    """Each is asked for when the one before has been answered."""
    yield "SELECT", client, b"SELECT INBOX"
    found = client.read(b"UID FETCH 1 (EMAILID THREADID)")
    content, thread = (found.split(word + b" (", 1)[1].split(b")", 1)[0] for word in (b"EMAILID", b"THREADID"))
    yield "UID FETCH 1:* (FLAGS)", client, b"UID FETCH 1:* (FLAGS)"
    yield "SEARCH EMAILID", client, b"SEARCH EMAILID " + content
    yield "SEARCH THREADID", client, b"SEARCH THREADID " + thread
    yield "SEARCH YOUNGER", client, b"SEARCH YOUNGER 86400"
    yield "SEARCH OLDER", client, b"SEARCH OLDER 86400"
    yield "SEARCH ALL", client, b"SEARCH ALL"
    yield "SEARCH MODSEQ", client, b"SEARCH MODSEQ 1"
    yield "SEARCH RETURN (MAX) MODSEQ", client, b"SEARCH RETURN (MAX) MODSEQ 1"
    yield "SEARCH KEYWORD", client, b"SEARCH KEYWORD x"
    yield "SORT (SUBJECT)", client, b"SORT (SUBJECT) UTF-8 ALL"
    yield "THREAD REFERENCES", client, b"THREAD REFERENCES UTF-8 ALL"
    yield "BODY[] of 49 MB", client, b"FETCH %d (BODY.PEEK[])" % count
    yield "BODY[2] of 49 MB", client, b"FETCH %d (BODY.PEEK[2])" % count
    yield "BINARY[2] of 49 MB", client, b"FETCH %d (BINARY.PEEK[2])" % count
    yield "BINARY.SIZE[2] of 49 MB", client, b"FETCH %d (BINARY.SIZE[2])" % count
    yield "STORE 1:* +FLAGS", client, b"STORE 1:* +FLAGS (\\Flagged)"
    yield "NOOP of another session after it", other, b"NOOP"
    yield "STORE 1:* +FLAGS.SILENT", client, b"STORE 1:* +FLAGS.SILENT (\\Answered)"
    other.ask(b"NOOP")
    yield "COPY 1:*", client, b"COPY 1:* Archive"
    yield "STATUS of the copies", client, b"STATUS Archive (MESSAGES SIZE UNSEEN RECENT)"
    client.ask(b"STORE 1:* +FLAGS.SILENT (\\Deleted)")
    other.ask(b"NOOP")
    yield "STATUS (DELETED-STORAGE)", client, b"STATUS INBOX (DELETED-STORAGE)"
    yield "EXPUNGE", client, b"EXPUNGE"
    yield "NOOP of another session after it", other, b"NOOP"
    client.ask(b"SELECT Archive")
    yield "MOVE 1:*", client, b"MOVE 1:* INBOX"
    yield "NOOP of another session, 30,000 have come", other, b"NOOP"


@contextmanager
def _serve(data: Path, people: list[dict[str, str]], turns: Turns) -> Iterator[Server]:
    from corneille.doors.frame.bridge import Bridge  # Django is set up only now
    from corneille.doors.frame.tls import make_server_context
    from corneille.doors.frame.tls_settings import Tls
    from corneille.doors.imap.server import start_imap
    from corneille.run.certificate import find_certificate
    from corneille.run.ground import open_ground

    ground, loop, bridge = open_ground(data), asyncio.new_event_loop(), Bridge()
    shown = find_certificate(Tls(), data, "localhost", datetime.datetime.now(datetime.UTC))
    bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    loop.call_soon_threadsafe(turns.watch)
    serving = start_imap(
        tls_sockets=[bound], starttls_sockets=[], tls=make_server_context(shown.chain, shown.key), bridge=bridge
    )
    server = asyncio.run_coroutine_threadsafe(serving, loop).result()
    users = [(each["login"], each["password"]) for each in people]
    try:
        yield Server("Corneille", bound.getsockname()[1], 0, users, [each["address"] for each in people])
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        bridge.close()
        ground.close()


def _make_large() -> bytes:
    attached = base64.encodebytes(random.Random(1).randbytes(LARGE_BYTES)).replace(b"\n", b"\r\n")
    return (
        b"From: a@b.test\r\nSubject: large\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\n\r\ntext\r\n--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + attached + b"--x--\r\n"
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
