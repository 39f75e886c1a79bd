"""The demonstration académie, started as a person would start it, and stopped as with Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from corneille.run.listen import PORTS

ROOT = Path(__file__).resolve().parents[2]
RUNNING = "CORNEILLE_JOURNEYS_JSON"
"""Names a file with the line of JSON of a server that runs already: journeys then go there."""
CHANGED = {
    "application-phone-fr": ("administratif", 0),
    "application-wide-en": ("administratif", 2),
    "forgotten-phone-fr": ("administratif", 4),
    "forgotten-wide-en": ("administratif", 5),
    "recovery-contact": ("aed", 1),
    "not-me": ("aed", 3),
    "passkey-phone-fr": ("direction", 2),
    "passkey-wide-en": ("direction", 3),
    "passkey-button": ("direction", 4),
    "security-key": ("inspection", 1),
    "passkey-confirms": ("inspection", 2),
    "unlocked-phone-fr": ("enseignant", 18),  # of the school of direction 0, as the next
    "unlocked-wide-en": ("administratif", 1),
}
"""Whom a journey leaves with another password, factor or contact: no other journey may sign in as them."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who can sign in, and with what."""

    name: str
    type: str
    identifier: str
    address: str
    numen: str
    password: str
    app_password: str
    case: str
    totp_seed: str
    activation_code: str
    birth_on: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What `./run --json` tells."""

    web: str
    ca: Path
    told: dict[str, Any]
    people: tuple[DemoPerson, ...]

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.ca.parents[1]

    def person(self, kind: str, number: int = 0) -> DemoPerson:
        """A person of that account type who can sign in.

        Files of journeys share a server in no certain order: journeys that must not meet take different numbers, and
        one that changes how somebody signs in takes a person of `changed`, whom this refuses to give.
        """
        assert (kind, number) not in CHANGED.values(), f"a journey changes how {kind} {number} signs in"
        return self._find(kind, number)

    def changed(self, use: str) -> DemoPerson:
        """Who is there for one journey that changes how they sign in."""
        return self._find(*CHANGED[use])

    def _find(self, kind: str, number: int) -> DemoPerson:
        return [each for each in self.people if each.type == kind and each.password][number]

    def named(self, name: str) -> DemoPerson:
        """The one person of that name."""
        (found,) = (each for each in self.people if each.name == name)
        return found

    def of_case(self, case: str) -> DemoPerson:
        """The one person to whom this happens."""
        return next(each for each in self.people if each.case == case)


@contextmanager
def start(data: Path, *options: str) -> Iterator[Demonstration]:
    """Starts the demonstration on free ports and waits until it says that it is ready."""
    running = os.environ.get(RUNNING)
    if running is not None:
        yield _read(Path(running).read_text(encoding="utf-8"))
        return
    log = data.parent / "server.log"
    with ExitStack() as stack:
        errors = stack.enter_context(log.open("wb"))
        command = [sys.executable, "-m", "corneille.run", "demo", "--json", "--data", str(data), *options]
        process = stack.enter_context(
            subprocess.Popen([*command, "--port-base", str(_free_base())], cwd=ROOT, stdout=subprocess.PIPE, stderr=errors)
        )
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        assert line, f"the demonstration did not start:\n{log.read_text(errors='replace')[-4000:]}"
        try:
            yield _read(line)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    assert process.returncode == 0, log.read_text(errors="replace")[-4000:]


def _read(line: str) -> Demonstration:
    told = json.loads(line)
    return Demonstration(told["web"], Path(told["ca"]), told, read_people(told["people"]))


def read_people(told: list[dict[str, Any]]) -> tuple[DemoPerson, ...]:
    """Those of whom JSON tells."""
    names = [each.name for each in fields(DemoPerson)]
    return tuple(DemoPerson(**{name: each[name] for name in names}) for each in told)


def _free_base() -> int:
    """A port base of which every port is free now; each pytest worker looks in a range of its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4
    for base in range(20000 + 10000 * worker, 30000 + 10000 * worker, 1000):
        with ExitStack() as stack:
            try:
                for port in PORTS.values():
                    stack.enter_context(socket.create_server(("127.0.0.1", base + port)))
            except OSError:
                continue
            return base
    raise AssertionError("no base with eight free ports")
