"""Segment files: contents are appended, made durable, and read by position.

Invariants: one process appends to a segment (it holds the file's lock); bytes before the last successful `sync` never
change; a segment's number is never given again, because the highest-numbered file is never removed.
"""

import contextlib
import errno
import fcntl
import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corneille.kernel.folder import sync_folder
from corneille.mail.store.record import (
    FILE_HEADER,
    FILE_MAGIC,
    HEADER,
    Damaged,
    Header,
    Torn,
    check_note,
    parse_header,
)

OPEN_FILES = 256
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when there is no room; anything else is a fault of the medium."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a content's first byte lies."""

    segment: int
    offset: int


@dataclass(frozen=True, slots=True)
class Found:
    """A record as a walk meets it."""

    header: Header
    note: bytes
    position: Position  # of the content
    record_offset: int


def segment_path(folder: Path, number: int) -> Path:
    """The file of a segment."""
    return folder / f"{number:08d}.segment"


def list_segments(folder: Path) -> list[int]:
    """The numbers of the segments that exist, ascending."""
    return sorted(int(path.stem) for path in folder.glob("*.segment"))


class Unsynced(OSError):
    """What was appended since the last sync is not durable, whoever appended it: all of it is to be refused."""


class _OpenFile:
    """A descriptor that closes itself when its last reader lets go of it."""

    __slots__ = ("handle",)

    def __init__(self, path: Path) -> None:
        self.handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        if hasattr(self, "handle"):
            os.close(self.handle)


class SegmentReader:
    """Reads contents by position, from any thread, on descriptors kept open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: OrderedDict[int, _OpenFile] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, segment: int, offset: int, size_bytes: int) -> bytes:
        """The bytes there. Raises Damaged when the file is gone or too short."""
        file = self._files.get(segment) or self._open(segment)
        content = os.pread(file.handle, size_bytes, offset)
        while len(content) < size_bytes:
            more = os.pread(file.handle, size_bytes - len(content), offset + len(content))
            if not more:
                raise Damaged(f"segment {segment} ends at {offset + len(content)}, before {offset + size_bytes}")
            content += more
        return content

    def forget(self, segment: int) -> None:
        """Lets go of a segment that was removed."""
        with self._lock:
            self._files.pop(segment, None)

    def forget_removed(self) -> None:
        """Lets go of segments that other processes removed: until then the system keeps their octets."""
        for number in list(self._files):
            if not segment_path(self._folder, number).exists():
                self.forget(number)

    def close(self) -> None:
        """Lets go of every descriptor."""
        with self._lock:
            self._files.clear()

    def _open(self, segment: int) -> _OpenFile:
        with self._lock:
            try:
                file = _OpenFile(segment_path(self._folder, segment))
            except FileNotFoundError:
                raise Damaged(f"segment {segment} is not there") from None
            self._files[segment] = file
            while len(self._files) > OPEN_FILES:
                self._files.popitem(last=False)
            return file


class SegmentWriter:
    """Appends to this process's segment and begins the next one when it is full."""

    def __init__(self, folder: Path, slot: int, limit_bytes: int, *, left: Collection[int] = ()) -> None:
        self.folder = folder
        self._slot = slot
        self._limit_bytes = limit_bytes
        self._handle = -1
        self.number = 0
        self._end = 0
        self._is_dirty = False
        self._finished: list[int] = []  # handles that keep the locks of full segments until what they hold has rows
        self._left = set(left)  # not taken up here: after a failed sync another process may, from what is on disk
        self.must_leave = False

    def append(self, header: bytes, note: bytes, chunks: Sequence[bytes]) -> Position:
        """Writes one record; it counts after `sync`. Raises OSError, and then nothing of it stays.

        Raises Unsynced when the segment before could not be made durable: what was appended to it is lost too.
        """
        if self._handle < 0 or self._end >= self._limit_bytes:
            self._begin_segment()
        start = self._write((header, note, *chunks))
        self._is_dirty = True
        return Position(self.number, start + len(header) + len(note))

    def mark(self, header: bytes, note: bytes) -> None:
        """Adds a record to the segment that is written, if one is; nobody waits until it is durable. Raises OSError."""
        if self._handle >= 0:
            self._write((header, note))

    def _write(self, chunks: Sequence[bytes]) -> int:
        start = self._end
        try:
            self._end += _write_at(self._handle, chunks, start)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, start)
            raise
        return start

    def sync(self) -> None:
        """Makes all that was appended durable. Raises Unsynced: then none of it is, and the segment is left."""
        if not self._is_dirty:
            return
        try:
            os.fdatasync(self._handle)
        except OSError as error:
            self._left.add(self.number)
            self.close()  # after a failed sync the file's pages can no longer be trusted
            raise Unsynced(error.errno, error.strerror) from error
        self._is_dirty = False

    def close(self) -> None:
        """Lets the segment go; the next append takes it up again or begins another."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
            self._is_dirty = False

    def let_go(self) -> None:
        """Lets other processes have the segments that ended since the last time: all they hold is committed or refused.

        A process that opened before the commit would find records without rows, and give up what is being filed.
        """
        while self._finished:
            os.close(self._finished.pop())

    def abandon(self, number: int) -> None:
        """Never takes this segment up again."""
        self._left.add(number)

    def begin_next(self) -> None:
        """Leaves the current segment, so that it can be compacted."""
        self.must_leave = False
        self.sync()
        self.close()
        self._create()
        self.sync()

    def _begin_segment(self) -> None:
        self.sync()
        if self._handle >= 0:
            self._finished.append(self._handle)
            self._handle = -1
        if not self._resume():
            self._create()

    def _resume(self) -> bool:
        """Takes up the newest segment of this slot when no process holds it and it ends with a whole record."""
        for number in reversed(list_segments(self.folder)[-64:]):
            path = segment_path(self.folder, number)
            try:
                if number in self._left or path.stat().st_size >= self._limit_bytes or read_slot(path) != self._slot:
                    continue
                handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            except FileNotFoundError:
                continue  # compacted meanwhile
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not os.fstat(handle).st_nlink:
                    raise BlockingIOError  # compacted between opening and locking
                end = _find_end(path)
            except (BlockingIOError, Damaged):
                os.close(handle)
                continue
            self._handle, self.number, self._end = handle, number, end
            sync_folder(self.folder)  # whoever began it may have been killed before it did
            return True
        return False

    def _create(self) -> None:
        number = max(list_segments(self.folder), default=0)
        while True:
            number += 1
            try:
                handle = os.open(segment_path(self.folder, number), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
                break
            except FileExistsError:
                continue
        fcntl.flock(handle, fcntl.LOCK_EX)
        begun_at = int(os.fstat(handle).st_mtime)
        self._end = _write_at(handle, (FILE_HEADER.pack(FILE_MAGIC, number, self._slot, begun_at),), 0)
        self._handle, self.number, self._is_dirty = handle, number, True
        sync_folder(self.folder)


def sync_segment(folder: Path, number: int) -> None:
    """Makes durable what a segment holds, whoever wrote it. Raises OSError."""
    handle = os.open(segment_path(folder, number), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fdatasync(handle)
    finally:
        os.close(handle)
    sync_folder(folder)


def read_slot(path: Path) -> int | None:
    """Which process writes this segment; None when the file's first bytes are not a segment's."""
    with path.open("rb") as stream:
        raw = stream.read(FILE_HEADER.size)
    if len(raw) < FILE_HEADER.size or not raw.startswith(FILE_MAGIC):
        return None
    slot: int = FILE_HEADER.unpack(raw)[2]
    return slot


def walk_segment(path: Path, start: int | None = None) -> Iterator[Found]:
    """Every record, in order, from the first or from the one at `start`.

    raises  Damaged where something else than a whole record follows; Torn where a crash may have left it so
    """
    number = int(path.stem)
    size_bytes = path.stat().st_size
    with path.open("rb") as stream:
        first = stream.read(FILE_HEADER.size)
        if len(first) < FILE_HEADER.size or not first[0]:
            raise Torn("the file's first bytes were never written")
        if not first.startswith(FILE_MAGIC):
            raise Damaged("the file does not begin as a segment")
        offset = FILE_HEADER.size if start is None else start
        while offset < size_bytes:
            stream.seek(offset)
            raw = stream.read(HEADER.size)
            header = parse_header(raw)
            note = stream.read(header.note_bytes)
            check_note(header, raw, note)
            if offset + header.record_bytes > size_bytes:
                raise Torn(f"the record at {offset} is cut short")
            yield Found(header, note, Position(number, offset + HEADER.size + header.note_bytes), offset)
            offset += header.record_bytes


@contextlib.contextmanager
def unwritten(folder: Path, number: int) -> Iterator[bool]:
    """Whether the segment is there and no process appends to it; while it is held, none begins to."""
    try:
        handle = os.open(segment_path(folder, number), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


def _find_end(path: Path) -> int:
    end = FILE_HEADER.size
    for found in walk_segment(path):
        end = found.record_offset + found.header.record_bytes
    return end


def _write_at(handle: int, chunks: Sequence[bytes], offset: int) -> int:
    total = sum(len(chunk) for chunk in chunks)
    written = os.pwritev(handle, chunks, offset)
    if written < total:  # short: the disk is nearly full, or a signal came
        rest = memoryview(b"".join(chunks))[written:]
        while rest:
            more = os.pwrite(handle, rest, offset + written)
            written += more
            rest = rest[more:]
    return total
