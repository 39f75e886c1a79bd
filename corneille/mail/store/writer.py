"""The shard's one writing thread: all changes that wait are committed together, and only then answered.

Order in a group: contents are described and appended to the segment, the segment is made durable, then BEGIN
IMMEDIATE, each change in its own SAVEPOINT, COMMIT; futures resolve after that. Whatever fails, an answered change is
on disk and a refused one is absent. Its appended bytes remain, without a place: their row comes in the same
transaction, or in the next where there was none, so that a rebuild does not file them and a compaction takes them.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import apsw

from corneille.kernel import clock
from corneille.kernel.ids import MailAccountId
from corneille.kernel.refusal import Busy, DiskFull, Refusal
from corneille.mail.store.content import Parcel, add_unfiled, append_parcel, find_last_content, note_committed
from corneille.mail.store.segment import FULL, SegmentWriter, Unsynced
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import StorageFault

log = logging.getLogger(__name__)
Result = TypeVar("Result")

GROUP_COUNT = 200
GROUP_BYTES = 16 * 1024 * 1024

QUIET_S = 0.03
"""Idle work begins after so long without a change: a slice of it, with its own commit, would hold up the next group."""
IDLE_EVERY_S = 1.0
"""Where changes never cease, idle work still has a slice this often."""
LOOK_AGAIN_S = 10.0
"""Where there are none, idle work is looked for this often: a process that ended may have left some."""


@dataclass(slots=True)
class Change(Generic[Result]):
    """Something to write: contents that are appended before the transaction, and what is done inside it."""

    apply: Callable[[Transaction], Result]
    parcels: Sequence[Parcel]
    future: "Future[Result]"
    size_bytes: int


class Writer:
    """Takes changes from any thread and commits them in groups on its own."""

    def __init__(
        self,
        connection: apsw.Connection,
        segments: SegmentWriter,
        *,
        reserve_bytes: int,
        tell: Callable[[Collection[MailAccountId]], None],
        idle: Callable[[], bool],
        check: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._segments = segments
        self._reserve_bytes = reserve_bytes
        self._tell = tell
        self._idle = idle
        self._check = check
        self._committed = find_last_content(connection)
        self._unfiled: list[Parcel] = []  # appended and refused, their rows not written yet
        self._waiting: queue.SimpleQueue[Change[Any] | None] = queue.SimpleQueue()
        self._is_closing = False
        self._is_done = threading.Event()
        self._gate = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="mail-writer", daemon=True)

    def start(self) -> None:
        """Begins to write."""
        self._thread.start()

    def submit(self, apply: Callable[[Transaction], Result], parcels: Sequence[Parcel] = ()) -> "Future[Result]":
        """Queues a change; its future resolves when it is durable, or carries why nothing of it was done."""
        future: Future[Result] = Future()
        size_bytes = sum(parcel.size_bytes for parcel in parcels)
        with self._gate:
            if self._is_closing:
                future.set_exception(Busy(why="closing"))
            else:
                self._waiting.put(Change(apply, parcels, future, size_bytes))
        return future

    def close(self) -> None:
        """Writes what waits, then stops."""
        with self._gate:
            if self._is_closing:
                return
            self._is_closing = True
            self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        wait_s, idle_at_s = 0.0, clock.monotonic_s()
        while True:
            group, is_last = self._take(wait_s)
            if group:
                self._write_group(group)
                wait_s = QUIET_S
            is_due = not group or clock.monotonic_s() > idle_at_s + IDLE_EVERY_S
            if is_due and not is_last:
                wait_s = 0.0 if self._do_idle_work() else LOOK_AGAIN_S
                idle_at_s = clock.monotonic_s()
            if is_last:
                return

    def _take(self, wait_s: float) -> tuple[list[Change[Any]], bool]:
        """What waits now; when nothing does, whatever comes first within `wait_s`."""
        group: list[Change[Any]] = []
        size_bytes = 0
        try:
            while len(group) < GROUP_COUNT and size_bytes < GROUP_BYTES:
                change = self._waiting.get(timeout=wait_s) if not group and wait_s != 0.0 else self._waiting.get_nowait()
                if change is None:
                    return group, True
                if change.future.set_running_or_notify_cancel():  # from here on nobody can cancel it
                    group.append(change)
                    size_bytes += change.size_bytes
        except queue.Empty:
            pass
        return group, False

    def _do_idle_work(self) -> bool:
        try:
            return self._idle()
        except (apsw.Error, OSError) as error:  # the words wait: nothing was promised about when
            log.warning("idle work of the mail store put off: %s", error)
            self._undo()
            return False
        except Exception:  # the worker's loop: a text that trips the indexer must not end all writing
            log.exception("idle work of the mail store failed")
            self._undo()
            return False

    def _write_group(self, group: list[Change[Any]]) -> None:
        outcomes: list[tuple[Change[Any], Any, BaseException | None]] = []
        touched: set[MailAccountId] = set()
        try:
            self._check()  # what is committed to an index that is nobody's any more would be lost
            if self._segments.must_leave:
                self._segments.begin_next()
            ready, refused = self._append_contents(group)
            outcomes += [(change, None, refusal) for change, refusal in refused]
            if ready:
                outcomes += self._commit(ready, touched)
        except Exception as fault:  # the worker's loop: no answer may be lost
            self._undo()
            if not isinstance(fault, Unsynced):  # else what lies there is not known: whoever takes the segment up looks
                self._unfiled += _list_appended(group)
            refusal = _refusal_for(fault)
            if refusal is None:
                log.exception("a group of changes failed")
            answered = {id(change) for change, _, error in outcomes if error is not None}
            outcomes = [each for each in outcomes if each[2] is not None]
            outcomes += [(change, None, refusal or fault) for change in group if id(change) not in answered]
            touched.clear()
        if not self._unfiled:  # until they have rows, another process would take them for what a crash cut off
            self._segments.let_go()
        for change, result, error in outcomes:
            if error is None:
                change.future.set_result(result)
            else:
                change.future.set_exception(error)
        if touched:
            try:
                self._tell(touched)
            except Exception:
                log.exception("wake-ups could not be sent")  # they carry nothing: who waits looks again by itself

    def _append_contents(self, group: list[Change[Any]]) -> tuple[list[Change[Any]], list[tuple[Change[Any], Exception]]]:
        if not any(change.parcels for change in group):
            return group, []
        is_short = self.is_disk_short()
        ready: list[Change[Any]] = []
        refused: list[tuple[Change[Any], Exception]] = []
        for change in group:
            try:
                for parcel in change.parcels:
                    if is_short and parcel.raw_head is None:  # a compaction frees more than it takes
                        raise DiskFull
                    append_parcel(self._segments, parcel, self._committed)
            except Unsynced:
                raise  # a segment ended within the group: those before this change are not durable either
            except OSError as error:
                refused.append((change, DiskFull() if error.errno in FULL else StorageFault()))
            except Exception as error:  # noqa: BLE001  # one content's trouble is its sender's only
                refused.append((change, error))
            else:
                ready.append(change)
        self._segments.sync()
        self._unfiled += _list_appended(change for change, _ in refused)
        return ready, refused

    def is_disk_short(self) -> bool:
        """Whether less is free than the reserve, which is for refusals and for giving space back."""
        room = os.statvfs(self._segments.folder)
        return room.f_bavail * room.f_frsize < self._reserve_bytes

    def _commit(
        self, group: list[Change[Any]], touched: set[MailAccountId]
    ) -> list[tuple[Change[Any], Any, BaseException | None]]:
        connection = self._connection
        now_s = int(clock.now().timestamp())
        outcomes: list[tuple[Change[Any], Any, BaseException | None]] = []
        self._undo()
        connection.execute("BEGIN IMMEDIATE")
        for change in group:
            turn = Transaction(connection, now_s)
            connection.execute("SAVEPOINT one")
            try:
                result = change.apply(turn)
            except apsw.Error:
                raise  # full disk, lock or fault: the whole group is refused
            except Exception as error:  # noqa: BLE001  # carried to whoever asked; the others go on
                connection.execute("ROLLBACK TO one")
                self._unfiled += _list_appended([change])
                outcomes.append((change, None, error))
            else:
                touched |= turn.touched
                outcomes.append((change, result, None))
            connection.execute("RELEASE one")
        add_unfiled(Transaction(connection, now_s), self._unfiled)
        committed = find_last_content(connection)
        connection.execute("COMMIT")
        self._unfiled.clear()
        if committed > self._committed:
            self._committed = committed
            with suppress(OSError):  # what is committed stays so
                note_committed(self._segments, committed)
        return outcomes

    def _undo(self) -> None:
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except apsw.Error:
                log.exception("a transaction could not be undone")  # the next group tries again before it writes


def _list_appended(changes: Iterable[Change[Any]]) -> list[Parcel]:
    return [parcel for change in changes for parcel in change.parcels if parcel.position is not None]


def _refusal_for(fault: Exception) -> Refusal | None:
    match fault:
        case Refusal():
            return fault
        case apsw.FullError():
            return DiskFull()
        case apsw.BusyError() | apsw.LockedError():
            return Busy()
        case OSError() if fault.errno in FULL:
            return DiskFull()
        case OSError() | apsw.IOError() | apsw.ReadOnlyError() | apsw.CantOpenError():
            log.error("the disk answers with an error, and changes are refused: %s", fault)  # the stack says nothing more
            return StorageFault()
        case _:
            return None
