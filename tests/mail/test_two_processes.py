"""Two processes on one store: one truth, no cache that lies, each woken by the other."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.append import append
from corneille.mail.changes import watch
from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import get_mailbox, view_mailbox
from corneille.mail.move import expunge
from corneille.mail.values import MailAccount, NewMessage
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.mail.conftest import File
from tests.mail.letter import NOON, letter

Ask = Callable[[str], list[int]]


@pytest.fixture
def ask(ground: Ground, account: MailAccount, tmp_path: Path) -> Iterator[Ask]:
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.other_process", str(ground.data)],
            cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def ask(order: str) -> list[int]:
            stdin.write(order + "\n")
            stdin.flush()
            return [int(word) for word in stdout.readline().split()]

        yield ask
        stdin.close()
        assert process.wait(20) == 0
        stdout.close()


def test_each_sees_at_once_what_the_other_did(ask: Ask, account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    assert ask("view") == [1]
    assert ask("append 2") == [2, 3]
    assert list(view_mailbox(account, inbox).uids) == [1, 2, 3]
    assert file().uid == 4
    assert ask("view") == [1, 2, 3, 4]
    assert ask("expunge 1 3") == [1, 3]
    assert list(view_mailbox(account, inbox).uids) == [2, 4]
    flag(account, inbox, [Uid(2)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox).result(10)
    assert ask("view") == [4]
    rows = next(fetch(account, inbox, [(Uid(1), Uid(99))]))
    assert read_content(account, rows[0].id) == letter()


def test_each_is_woken_by_the_other(ask: Ask, account: MailAccount, file: File) -> None:
    assert ask("view") == []
    woken = threading.Event()
    stop = watch(account, woken.set)
    ask("append 1")
    assert woken.wait(10)
    stop()


def test_both_write_at_once_and_no_uid_is_given_twice(
    ground: Ground, ask: Ask, account: MailAccount, inbox: MailboxId
) -> None:
    theirs: list[int] = []
    other = threading.Thread(target=lambda: theirs.extend(ask("append 150")))
    other.start()
    waiting = [append(account, inbox, [NewMessage(letter("ici"), NOON)]) for _ in range(150)]
    mine = [future.result(30)[0].uid for future in waiting]
    other.join()
    assert sorted([*mine, *theirs]) == list(range(1, 301))
    told = get_mailbox(account, inbox)
    assert (told.message_count, told.uid_next) == (300, 301)
    assert len(list(ground.data.glob("mail/0/segments/*.segment"))) == 2
    assert [each for each in verify() if isinstance(each, Finding)] == []


def test_processes_that_open_a_new_store_at_one_instant_all_do(tmp_path: Path) -> None:
    """Three that are waiting for the name of a folder, forty times: one of them makes each index."""
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN],
            cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]
    pipes = [(process.stdin, process.stdout) for process in opening]
    told = []
    for number in range(-1, 40):
        for stdin, _ in pipes:
            assert stdin is not None
            stdin.write(f"{tmp_path / str(number)}\n")
            stdin.flush()
        told += [stdout.readline() for _, stdout in pipes if stdout is not None]
    for process in opening:
        process.communicate(timeout=20)
    assert set(told) == {"open\n"}


_OPEN = """
import sys
from pathlib import Path
from corneille.mail.store.shard import Shard
for line in sys.stdin:
    try:
        Shard(Path(line.strip()), slot=0).close()
        print("open", flush=True)
    except BaseException as fault:
        print(repr(fault), flush=True)
"""
