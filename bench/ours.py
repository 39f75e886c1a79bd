"""Our own server, in processes of its own, on a fresh data directory."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from bench.client import Server
from bench.dovecot import free_port, wait_for
from bench.web import WebPerson

STALLED_S = 60
CONNECTION_LIMITS = ("CORNEILLE_LIMITS_CONNECTIONS_PER_ADDRESS", "CORNEILLE_LIMITS_CONNECTIONS_PER_ACCOUNT")
DOORS = ("web", "http", "imap_tls", "imap", "submission_tls", "submission", "smtp", "lmtp")


@contextmanager
def running(
    folder: Path, user_count: int, processes: int = 1, *, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Prepares people, serves them, and stops; `more`: settings of this run, as variables of the environment.

    A folder that was prepared before is served as it is.
    """
    prepared = folder / "bench.json"
    if not prepared.exists():
        making = [sys.executable, "-m", "bench.prepare", str(folder), str(user_count)]
        made = subprocess.run(making, check=True, capture_output=True)
        prepared.write_bytes(made.stdout)
    people = json.loads(prepared.read_text())
    ports = {door: free_port() for door in DOORS}
    environment = {**os.environ, **{f"CORNEILLE_LISTEN_{door}_PORT".upper(): str(port) for door, port in ports.items()}}
    environment |= dict.fromkeys(CONNECTION_LIMITS, "20000")  # the load comes from one address, for few people
    environment |= more or {}
    with (folder / "bench.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "corneille.run", "--data", str(folder), "serve", "--processes", str(processes)],
            env=environment,
            stderr=log,
        )
        try:
            wait_for(ports["imap_tls"])
            wait_for(ports["lmtp"])
            yield Server(
                "Corneille", ports["imap_tls"], ports["lmtp"],
                [(person["login"], person["password"]) for person in people], [person["address"] for person in people],
                process.pid, ports["web"],
                [
                    WebPerson(f"https://127.0.0.1:{ports['web']}", each["login"], each["main_password"])
                    for each in people if "main_password" in each
                ],
            )  # fmt: skip
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def wait_until_indexed(folder: Path) -> None:
    """Returns when every message's words can be searched: what is measured next is then not slowed by what came before.

    Dovecot, as it is set up here, makes no such index at all.
    """
    for index in folder.glob("mail/*/index.sqlite3"):
        _wait_for_none(index, "SELECT count(*) FROM words_pending", "messages still wait to be indexed")


def wait_until_told(folder: Path) -> None:
    """Returns when every notice that is due was told: a program's first sign-in, for one, is told once in its life."""
    due = "SELECT count(*) FROM kernel_notice WHERE told_at IS NULL AND due_at <= datetime('now')"
    _wait_for_none(folder / "corneille.sqlite3", due, "notices still wait to be told")


def _wait_for_none(database: Path, counting: str, what: str) -> None:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        left, progressed = _count(connection, counting), time.monotonic()
        while left:
            time.sleep(0.2)
            now_left = _count(connection, counting)
            if now_left < left:
                left, progressed = now_left, time.monotonic()
            elif time.monotonic() > progressed + STALLED_S:
                raise TimeoutError(f"{database}: {left} {what}, and nothing happens")


def _count(connection: sqlite3.Connection, counting: str) -> int:
    count: int = connection.execute(counting).fetchone()[0]
    return count
