"""The processor's time that the server spends on one sign-in, one guess, one page: `python -m bench.cost`.

One client, one thing at a time, one process of the server, whose threads' time on a processor the kernel counts
(/proc/PID/task/*/schedstat): who else uses the machine changes little.
"""

import argparse
import asyncio
import socket
import ssl
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import ours
from bench.client import Connection, Server, deliver, trusting
from bench.corpus import make_messages
from bench.web import Site

USERS = 30
HERE, STRANGER = "127.0.0.1", "127.9.9.9"
FLOOD = {"CORNEILLE_ACCESS_STRANGERS_WAITING_COUNT": "0", "CORNEILLE_ACCESS_DECLARED_NETWORKS": f"{HERE}/32"}
"""No stranger's guess finds a place: each is refused as in a flood."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="how often each is done (200)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ours.running(Path(folder), USERS, more=FLOOD) as server:
        asyncio.run(deliver(server, make_messages(20 * USERS), 4))
        ours.wait_until_indexed(Path(folder))
        for name, done_count, do in list_operations(server):
            for _ in range(10):
                do()
            before_ms = read_spent_ms(server.pid)
            for _ in range(options.count):
                do()
            spent_ms = (read_spent_ms(server.pid) - before_ms) / options.count / done_count
            sys.stdout.write(f"{name:<48} {spent_ms:7.2f} ms\n")
    return 0


def list_operations(server: Server) -> list[tuple[str, int, Callable[[], object]]]:
    """What each is called, how many of it one call does, and the call."""
    login, password = server.users[1]
    right, wrong = b'"%b" "%b"' % (login.encode(), password.encode()), b'"%b" "guess"' % login.encode()
    site, newcomer, reader = Site(server.web[0]), Site(server.web[1]), Connection(server, 2)
    site.sign_in()
    reader.ask(b"SELECT INBOX")

    def sign_in_at_web() -> None:
        site.leave()
        site.sign_in()

    return [
        ("IMAP: a connection over TLS, its greeting", 1, lambda: talk(server, HERE, [])),
        ("IMAP: the same and an app password", 1, lambda: talk(server, HERE, [b"LOGIN " + right])),
        ("IMAP: a guess in a flood, alone in its write", 20, lambda: talk(server, STRANGER, [b"LOGIN " + wrong] * 20)),
        ("IMAP: a page of metadata (20 messages)", 1, lambda: reader.ask(
            b"FETCH 1:20 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)")),
        ("IMAP: a message", 1, lambda: reader.ask(b"FETCH 3 (BODY.PEEK[])")),
        ("web: a connection over TLS, a small answer", 1, lambda: site.get("/healthz")),
        ("web: the sign-in page", 1, lambda: newcomer.get("/connexion")),
        ("web: the home page", 1, lambda: site.get("/")),
        ("web: a sign-in (its page, the form, the home page)", 1, sign_in_at_web),
    ]  # fmt: skip


def talk(server: Server, address: str, commands: list[bytes]) -> None:
    """One connection from this address: each command waits for the answer to the one before."""
    connect = socket.create_connection((HERE, server.imaps_port), source_address=(address, 0))
    with connect as plain, trusting().wrap_socket(plain) as tls:
        _read_line(tls, b"* OK")
        for command in commands:
            tls.sendall(b"a " + command + b"\r\n")
            _read_line(tls, b"a ")


def _read_line(tls: ssl.SSLSocket, start: bytes) -> None:
    said = b""
    while not (said.endswith(b"\n") and said.splitlines()[-1].startswith(start)):
        said += (more := tls.recv(65536))
        if not more:
            raise ConnectionError("the server closed the connection")


def read_spent_ms(pid: int) -> float:
    """What all threads of the process have spent on a processor until now."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e6


if __name__ == "__main__":
    sys.exit(main())
