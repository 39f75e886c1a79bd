"""The real service in a process of its own, the mail programs that use it, and the instant at which it is killed."""

import json
import signal
import ssl
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corneille.kernel import clock
from corneille.run.certificate import Tls, find_certificate
from tests.doors.imap.conversation import Door
from tests.faults.load import Held
from tests.faults.programs import Heard, Program, bring, change, submit
from tests.transport.school import Member, add_member

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Users:
    """Who uses it: two by IMAP, one who gets mail from elsewhere, one who writes and one who is written to."""

    changing: tuple[Member, Member]
    brought: Member
    writing: Member
    written_to: Member


def add_users() -> Users:
    """Adds them to the open ground."""
    names = ("Nora", "Omar", "Rose", "Basile", "Lise")
    nora, omar, rose, basile, lise = (add_member(name, "Petit", 10**9) for name in names)
    return Users((nora, omar), rose, basile, lise)


class Service:
    """One life of the server."""

    def __init__(self, data: Path, users: Users, held: dict[int, Held], run: str) -> None:
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed by `finish`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server", str(data)], cwd=ROOT, stdout=subprocess.PIPE, stderr=self._log,
            text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, f"the server does not begin: {self._read_log()}"
        self._ports: dict[str, int] = json.loads(said)["ports"]
        authority = find_certificate(Tls(), data, "localhost", clock.now()).authority
        self._trust = ssl.create_default_context(cafile=str(authority))
        self._users, self._held, self._run = users, held, run
        self._programs: dict[int, Program] = {}

    def begin(self) -> None:
        """Lets the programs loose."""
        users, ports, run = self._users, self._ports, self._run
        for member in users.changing:
            door = Door(ports["imap_tls"], ports["imap"], self._trust, member.person.identifier, member.app_password)
            number = member.mail.id
            self._programs[number] = Program(partial(change, door, self._held[number], f"{run}-i{number}"))
        signed = users.writing.person.identifier, users.writing.app_password
        addresses = users.writing.address, users.written_to.address
        self._programs[users.brought.mail.id] = Program(partial(bring, ports["smtp"], users.brought.address, f"{run}-b"))
        self._programs[users.written_to.mail.id] = Program(
            partial(submit, ports["submission_tls"], self._trust, signed, addresses, f"{run}-s")
        )

    def kill(self) -> None:
        assert self._process.poll() is None, f"the server ended by itself: {self._read_log()}"
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def finish(self) -> dict[int, Heard]:
        """By mail account, what its program heard. Raises AssertionError where the server complained."""
        heard = {number: program.finish() for number, program in self._programs.items()}
        log = self._read_log()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()
        assert "Traceback" not in log, f"the server complained: {log}"
        return heard

    def _read_log(self) -> str:
        self._log.seek(0)
        return self._log.read()
