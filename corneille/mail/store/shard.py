"""One shard: a SQLite index and its segments, one writing thread and a reading connection per thread."""

import fcntl
import logging
import os
import threading
import weakref
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import apsw

from corneille.kernel import wake
from corneille.kernel.folder import make_folder
from corneille.kernel.ids import MailAccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of
from corneille.mail.settings import MailSettings
from corneille.mail.store.content import Parcel, note_dropped
from corneille.mail.store.opening import connect, open_index
from corneille.mail.store.recent import Claims
from corneille.mail.store.segment import SegmentReader, SegmentWriter
from corneille.mail.store.tail import settle_tails
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.view import ViewCache
from corneille.mail.store.words import index_some
from corneille.mail.store.writer import Writer
from corneille.mail.values import IndexLost

log = logging.getLogger(__name__)
Result = TypeVar("Result")
INDEX_NAME = "index.sqlite3"
SEGMENTS_NAME = "segments"
PRESENCE_NAME = "open"


class StoreOpen(Refusal):
    """Another process has this mail open; what is asked for needs it alone."""

    code = "store-open"
    temporary = True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps every other process out of a shard. Raises StoreOpen when one is in."""
    handle = os.open(folder / PRESENCE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StoreOpen(folder=str(folder)) from None
    finally:
        os.close(handle)


@contextmanager
def _opening(folder: Path) -> Iterator[None]:
    """One process at a time: SQLite does not wait for another that just turns a new index to WAL, it fails."""
    handle = os.open(folder / "opening", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Shard:
    """The mail of many mail accounts, in one folder that several processes may have open.

    raises  IndexLost
    """

    def __init__(self, folder: Path, *, slot: int) -> None:
        settings = of(MailSettings)
        self.folder = folder
        self.segments_folder = folder / SEGMENTS_NAME
        make_folder(self.segments_folder)
        self.index_path = folder / INDEX_NAME
        self._presence = os.open(folder / PRESENCE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._presence, fcntl.LOCK_SH)  # offline work (rebuild, restore) asks for it alone
        try:
            with _opening(folder):
                connection, unsettled = open_index(self.index_path, self.segments_folder)
        except BaseException:
            os.close(self._presence)
            raise
        self._connection = connection
        self._file = _identify(self.index_path)
        self._local = threading.local()
        self._readers: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self.contents = SegmentReader(self.segments_folder)
        self.views = ViewCache(settings.view_count)
        self.recent = Claims()
        self._segments = SegmentWriter(self.segments_folder, slot, settings.segment_bytes, left=unsettled)
        self._writer = Writer(
            connection,
            self._segments,
            reserve_bytes=of(Ground).disk_reserve_bytes,
            tell=_tell,
            idle=lambda: index_some(connection, self.contents) or note_dropped(connection, self._segments),
            check=self.check,
        )
        self._writer.start()

    def submit(self, apply: Callable[[Transaction], Result], parcels: Sequence[Parcel] = ()) -> "Future[Result]":
        """Queues a change for the next group."""
        return self._writer.submit(apply, parcels)

    def is_disk_short(self) -> bool:
        """Whether mail is refused because the disk is nearly full."""
        return self._writer.is_disk_short()

    def check(self) -> None:
        """Raises IndexLost when the index that is open here is no longer the one of the folder."""
        if _identify(self.index_path) != self._file:
            raise IndexLost(why="missing", folder=str(self.folder))

    def settle(self) -> None:
        """Gives their rows to what other processes left when they were killed; their own do so when they open."""
        with closing(connect(self.index_path, for_writing=True)) as connection:
            settle_tails(connection, self.segments_folder)

    def writes_to(self, segment: int) -> bool:
        """Whether this process appends to the segment."""
        return self._segments.number == segment

    def abandon(self, segment: int) -> None:
        """Has this process never append to a segment again."""
        self._segments.abandon(segment)

    def leave_segment(self) -> None:
        """Makes this process append to a new segment from now on; returns when it does. Raises DiskFull."""
        self._segments.must_leave = True
        self.submit(lambda turn: None).result()

    def reader(self) -> apsw.Connection:
        """This thread's connection for reading; each statement sees what was committed before it."""
        connection: apsw.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self.check()
            connection = connect(self.index_path, for_writing=False)
            self._local.connection = connection
            with self._lock:
                self._readers.add(connection)
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[apsw.Connection]:
        """This thread's connection, all statements seeing one moment. Short: a snapshot holds back checkpoints."""
        connection = self.reader()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    @contextmanager
    def fresh_snapshot(self) -> Iterator[apsw.Connection]:
        """One moment, on a connection that knows nothing yet.

        FTS5's own check (PRAGMA quick_check) trusts what its connection remembers of the index's structure, and calls
        the index corrupt when another connection has changed it since.
        """
        connection = connect(self.index_path, for_writing=False)
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM mail_account").fetchone()  # the moment is that of the first reading
            yield connection
        finally:
            connection.close()

    def close(self) -> None:
        """Writes what waits and lets go of every file; closing twice is no fault."""
        if self._presence < 0:
            return
        self._writer.close()
        try:
            while note_dropped(self._connection, self._segments):
                pass
        except (apsw.Error, OSError) as error:
            log.warning("which contents were dropped is noted next time: %s", error)
        self._segments.close()
        self._segments.let_go()
        self.contents.close()
        with self._lock:
            for reader in list(self._readers):
                reader.close()
        self._connection.close()
        os.close(self._presence)
        self._presence = -1


def _identify(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_dev, told.st_ino


def _tell(accounts: Collection[MailAccountId]) -> None:
    wake.current().send(*[f"mail/{account}" for account in accounts])
