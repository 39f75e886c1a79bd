"""Our own server, in processes of its own, on a fresh data directory."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Server
from bench.dovecot import free_port, wait_for

DOORS = ("web", "http", "imap_tls", "imap", "submission_tls", "submission", "smtp", "lmtp")


@contextmanager
def running(folder: Path, user_count: int, processes: int = 1) -> Iterator[Server]:
    """Prepares people, serves them, and stops."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.prepare", str(folder), str(user_count)], check=True, capture_output=True
    )
    people = json.loads(made.stdout)
    ports = {door: free_port() for door in DOORS}
    environment = {**os.environ, **{f"CORNEILLE_LISTEN_{door}_PORT".upper(): str(port) for door, port in ports.items()}}
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
            )  # fmt: skip
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
