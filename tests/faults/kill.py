"""`python -m tests.faults.kill --rounds 200 --seed 1`: kill -9 at random instants while several processes deliver,
append, flag, copy, move, expunge, submit and compact, and while programs do the same over IMAP and SMTP to the service.

After each round: what was acknowledged is there, whole, once, with its flags; what was begun is there as a whole or not
at all; no UID was given twice; what was submitted arrived once; `verify` finds nothing.
"""

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from corneille.kernel import clock
from corneille.run.ground import Ground, migrate, open_ground
from tests.faults.load import ALL, SHARED, Act, Held, list_possible, read_held
from tests.faults.programs import Heard
from tests.faults.worker import ACCOUNTS_PER_SLOT

ROOT = Path(__file__).parents[2]
SLOTS = 2
LONGEST_S = 1.5
JUDGE_SLOT = 9
SETTINGS = "[mail]\nsegment_bytes = 300000\n"
"""Small segments end often, which is when most can go wrong."""
NUMBERS = range(SHARED.id + 1, SHARED.id + 1 + SLOTS * ACCOUNTS_PER_SLOT)


@dataclass(slots=True)
class Told:
    """What the processes of a round said: per account its acts and the one in flight; names submitted."""

    done: dict[int, list[Act]] = field(default_factory=dict)
    begun: dict[int, Act] = field(default_factory=dict)
    submitting: set[str] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        """One line of a process; the last may be cut by the kill."""
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            return
        if "begun" in said:
            self.begun[said["account"]] = _make(said["begun"])
        elif "done" in said:
            self.done.setdefault(said["account"], []).append(_make(said["done"]))
            self.begun.pop(said["account"])
        elif "submitting" in said:
            self.submitting.add(said["submitting"])
        elif "submitted" in said:
            self.submitted.add(said["submitted"])

    def learn(self, number: int, heard: Heard) -> None:
        """What a program heard that uses this mail account."""
        if heard.done:
            self.done[number] = heard.done
        if heard.begun is not None:
            self.begun[number] = heard.begun
        self.submitted |= heard.delivered
        self.submitting |= heard.delivering

    def count(self) -> int:
        """Changes that were acknowledged."""
        return len(self.submitted) + sum(len(acts) for acts in self.done.values())


def _make(said: dict[str, Any]) -> Act:
    return Act(**{**said, "flags": tuple(said["flags"])})


class Rounds:
    """A data directory that is killed again and again, and what it must hold."""

    def __init__(self, data: Path, seed: int) -> None:
        self.data, self.random, self.round = data, Random(seed), 0
        self._pause = threading.Event()
        self.held = {number: Held() for number in NUMBERS}
        self.shared: set[str] = set()
        self.received: set[str] = set()
        data.mkdir(parents=True, exist_ok=True)
        (data / "corneille.toml").write_text(SETTINGS, encoding="ascii")
        ground = open_ground(data, slot=JUDGE_SLOT)
        migrate()
        from tests.faults.service import add_users
        from tests.transport.school import found_school

        self.school = found_school()
        self._begin_accounts(ground)
        self.users = add_users()
        self.held |= {member.mail.id: Held() for member in self.users.changing}
        ground.close()

    def run(self) -> Told:
        """One round. Raises AssertionError with what was broken."""
        self.round += 1
        told = self._kill()
        ground = open_ground(self.data, slot=JUDGE_SLOT)
        try:
            self._judge(told)
        finally:
            ground.close()
        return told

    def _kill(self) -> Told:
        """Starts the processes, kills them one after the other at random instants, and reads what they said."""
        from tests.faults.service import Service

        run, told = f"r{self.round}", Told()
        service = Service(self.data, self.users, self.held, run)
        people = [str(self.school.marie.account), self.school.marie.address, self.school.paul.address]
        with tempfile.TemporaryFile("w+") as said:
            running = [
                subprocess.Popen(
                    [sys.executable, "-W", "error", "-m", "tests.faults.worker", str(self.data), str(slot), run, *people],
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    text=True,
                )
                for slot in range(SLOTS)
            ]
            for process in running:
                assert process.stdout is not None
                line = process.stdout.readline()
                said.seek(0)
                assert line == '{"ready": true}\n', said.read()
            readers = [_Reader(process) for process in running]
            service.begin()
            wait_s = self.random.uniform(0, LONGEST_S)
            killed: list[subprocess.Popen[str] | Service] = [*running, service]
            self.random.shuffle(killed)
            for each in killed:
                self._pause.wait(wait_s)
                if isinstance(each, Service):
                    each.kill()
                else:
                    said.seek(0)
                    assert each.poll() is None, f"a process ended by itself: {said.read()}"
                    each.send_signal(signal.SIGKILL)
                wait_s = self.random.choice((0, 0, 0.02, 0.2))
            for reader in readers:
                for line in reader.finish():
                    told.hear(line)
            for number, heard in service.finish().items():
                told.learn(number, heard)
            said.seek(0)
            complaint = said.read()
            assert not complaint, f"a process complained: {complaint}"
        return told

    def _judge(self, told: Told) -> None:
        from corneille.mail.fetch import fetch, read_content
        from corneille.mail.mailbox import find_mailbox
        from corneille.mail.values import MailAccount
        from corneille.mail.verify import Finding, verify

        for number, held in self.held.items():
            for act in told.done.get(number, []):
                held.apply(act)
                if act.kind == "deliver":
                    self.shared.add(act.name)
            actual, begun = read_held(MailAccount(number)), told.begun.get(number)  # type: ignore[arg-type]
            assert actual.messages in list_possible(held, begun), f"account {number}: {held} {begun} {actual}"
            for name, highest in held.highest.items():
                assert actual.highest[name] >= highest, f"UIDs of {name} would be given again"
            self.held[number] = actual
        maybe = {act.name for act in told.begun.values() if act.kind == "deliver"}
        inbox = find_mailbox(SHARED, "INBOX")
        assert inbox is not None
        rows = [row for rows in fetch(SHARED, inbox.id, ALL) for row in rows]
        names = [_find_subject(read_content(SHARED, row.id)) for row in rows]
        assert len(names) == len(set(names)), "doubled in the shared mailbox"
        assert self.shared <= set(names) <= self.shared | maybe, "lost or invented in the shared mailbox"
        self.shared = set(names)
        self._judge_submitted(told)
        assert [each for each in verify() if isinstance(each, Finding)] == []

    def _judge_submitted(self, told: Told) -> None:
        asyncio.run(self._deliver_all())
        inboxes = (self.school.paul.inbox(), self.users.brought.inbox(), self.users.written_to.inbox())
        names = [_find_subject(content) for inbox in inboxes for content in inbox]
        assert len(names) == len(set(names)), "submitted once, delivered twice"
        due = self.received | told.submitted
        assert due <= set(names) <= due | told.submitting, "what was submitted did not arrive, or was invented"
        self.received = set(names)

    async def _deliver_all(self) -> None:
        from corneille.doors.frame.bridge import Bridge
        from corneille.transport.relay import Relay

        bridge = Bridge(2)
        await Relay(bridge).drain(lambda: clock.now() + timedelta(hours=2))  # the leases of the killed have run out
        bridge.close()

    def _begin_accounts(self, ground: Ground) -> None:
        from corneille.kernel.ids import MailAccountId
        from corneille.mail.store.beginning import begin_mail_account

        for number in (SHARED.id, *NUMBERS):
            ground.store.shard(0).submit(
                lambda turn, number=number: begin_mail_account(turn, MailAccountId(number), 10**12)  # type: ignore[misc]
            ).result()


def _find_subject(content: bytes) -> str:
    return content.split(b"Subject: ")[1].split(b"\r\n")[0].decode()


class _Reader:
    """Takes what a process says while it lives: a full pipe would hold it up."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self._stream, self._process, self._lines = process.stdout, process, list[str]()
        self._thread = threading.Thread(target=lambda: self._lines.extend(self._stream))
        self._thread.start()

    def finish(self) -> list[str]:
        """All its lines, once it is dead."""
        self._process.wait()
        self._thread.join()
        self._stream.close()
        return self._lines


def main() -> int:
    """Runs the rounds; the first that breaks a promise ends them, its data directory kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="where to work (default: a temporary folder)")
    asked = parser.parse_args()
    data = asked.data or Path(tempfile.mkdtemp(prefix="corneille-kill-"))
    rounds, count = Rounds(data, asked.seed), 0
    for number in range(1, asked.rounds + 1):
        try:
            count += rounds.run().count()
        except AssertionError as broken:
            sys.stdout.write(f"round {number} of seed {asked.seed}: {broken}\nkept in {data}\n")
            return 1
        if number % 10 == 0 or number == asked.rounds:
            sys.stdout.write(f"{number} rounds, {count} acknowledged changes: none lost, none doubled, all sound\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
