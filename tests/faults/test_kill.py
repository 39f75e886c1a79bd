"""kill -9 in the middle of deliveries: what was acknowledged is there, whole, once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corneille.kernel import wake
from corneille.kernel.ids import MailAccountId, MessageId, Uid
from corneille.mail import store
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding, verify
from tests.faults.deliverer import ACCOUNTS

ROOT = Path(__file__).parents[2]


def deliver_and_kill(data: Path, round_: int, acknowledgements: int, slots: int = 1) -> list[tuple[int, int, str]]:
    """Starts deliverers, lets them acknowledge so many messages, kills them; returns what they had acknowledged."""
    commands = [
        [sys.executable, "-W", "error", "-m", "tests.faults.deliverer", str(data), str(slot), f"{round_}.{slot}"]
        for slot in range(slots)
    ]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for command in commands]
    told: list[tuple[int, int, str]] = []
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
    for process in running:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(acknowledgements)]
        told += [_parse(line) for line in lines]
    for process in running:
        os.kill(process.pid, signal.SIGKILL)
    for process in running:
        assert process.stdout is not None
        told += [_parse(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        process.stdout.close()
    return told


def _parse(line: str) -> tuple[int, int, str]:
    account, message, name = line.split()
    return int(account), int(message), name


def check_all_are_there(told: list[tuple[int, int, str]]) -> None:
    for account, message, name in told:
        content = read_content(MailAccount(MailAccountId(account)), MessageId(message))
        assert f"Message-Id: <{name}@x>".lower() in content.decode().lower()
    names = []
    for number in range(1, ACCOUNTS + 1):
        names += list_subjects(MailAccount(MailAccountId(number)))
    assert len(names) == len(set(names))
    assert {name for _, _, name in told} <= set(names)
    assert [each for each in verify() if isinstance(each, Finding)] == []


def list_subjects(account: MailAccount) -> list[str]:
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    rows = [row for rows in fetch(account, inbox.id, [(Uid(1), Uid(2**32 - 1))]) for row in rows]
    return [read_content(account, row.id).split(b"Subject: ")[1].split(b"\r\n")[0].decode() for row in rows]


def open_here(data: Path) -> store.Store:
    wake.install(wake.Wake(data / "wake"))
    opened = store.open_store(data / "mail", slot=9)
    store.install(opened)
    return opened


def close_here(opened: store.Store) -> None:
    opened.close()
    wake.current().close()


def test_a_kill_loses_no_acknowledged_message(tmp_path: Path) -> None:
    told = deliver_and_kill(tmp_path, 0, 200)
    opened = open_here(tmp_path)
    check_all_are_there(told)
    close_here(opened)


@pytest.mark.slow
@pytest.mark.parametrize("slots", [1, 2])
def test_five_kills_during_twenty_deliveries_lose_no_acknowledged_message(tmp_path: Path, slots: int) -> None:
    told: list[tuple[int, int, str]] = []
    for round_ in range(5):
        told += deliver_and_kill(tmp_path, round_, 700, slots)
        opened = open_here(tmp_path)
        check_all_are_there(told)
        close_here(opened)
    assert len(told) >= 3500


@pytest.mark.slow
def test_the_index_is_rebuilt_after_a_kill(tmp_path: Path) -> None:
    told = deliver_and_kill(tmp_path, 0, 500)
    for path in (tmp_path / "mail/0").glob("index*"):
        path.unlink()
    assert list(rebuild_index(tmp_path / "mail/0", {}))[-1].is_done
    opened = open_here(tmp_path)
    names = [name for number in range(1, ACCOUNTS + 1) for name in list_subjects(MailAccount(MailAccountId(number)))]
    assert {name for _, _, name in told} <= set(names)
    assert len(names) == len(set(names))
    assert [each for each in verify() if isinstance(each, Finding)] == []
    close_here(opened)
