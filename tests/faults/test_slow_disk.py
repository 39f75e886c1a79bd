"""A disk that takes its time: who asks for nothing of it is answered meanwhile, and nobody is told too early.

Order of events, not durations: the disk ends its work when the test lets it.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw
import pytest

from corneille.mail import store
from corneille.mail.store import segment
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.serving import make_door
from tests.mail.spoiling import reopen

VFS_NAME = "slow"
LONG_S = 20.0
"""Only where something is broken."""


class Slow:
    """Where `fdatasync` of segments, or a sync of the index, waits."""

    def __init__(self) -> None:
        self.is_armed = False
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def wait(self) -> None:
        if self.is_armed:
            self.begun.set()
            assert self.may_end.wait(LONG_S)

    def fdatasync(self, handle: int) -> None:
        self.wait()
        os.fdatasync(handle)


class SlowVfs(apsw.VFS):
    """SQLite's files, by default for every connection while it lives."""

    def __init__(self, slow: Slow) -> None:
        self._slow = slow
        super().__init__(VFS_NAME, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "SlowFile":  # noqa: N802  # apsw's name
        return SlowFile(self._slow, name, flags)


class SlowFile(apsw.VFSFile):
    """A file whose syncs wait."""

    def __init__(self, slow: Slow, name: Any, flags: list[int]) -> None:
        self._slow = slow
        super().__init__("unix", name, flags)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._slow.wait()
        super().xSync(flags)


@contextmanager
def slow_segments(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    monkeypatch.setattr(segment, "os", slow)
    yield slow


@contextmanager
def slow_index(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = Slow()
    store.current().close()
    vfs = SlowVfs(slow)
    try:
        reopen(ground)
        yield slow
        store.current().close()
    finally:
        vfs.unregister()


@pytest.mark.parametrize("slowing", [slow_segments, slow_index])
def test_while_a_disk_syncs_others_are_answered_and_nobody_too_early(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, slowing: Any
) -> None:
    with slowing(ground, monkeypatch) as slow, make_door(ground.data) as (door, _, _):
        one, other = Client(door).log_in(), Client(door).log_in()
        one.append(message("avant"))
        other.ok(b"SELECT INBOX")
        slow.is_armed = True
        content = message("lente")
        one.send(b"a APPEND INBOX {%d}\r\n" % len(content))
        assert one.read().startswith(b"+")
        one.send(content + b"\r\n")
        assert slow.begun.wait(LONG_S)
        other.ok(b"NOOP")
        assert other.ok(b"FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]").one(b"avant")
        assert other.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 1)")
        slow.may_end.set()
        assert one.read_end(b"a").status == "OK"
        assert other.ok(b"NOOP").one(b"EXISTS") == b"* 2 EXISTS"
        for client in (one, other):
            client.close()
