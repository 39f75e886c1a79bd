"""Rewrites segments without the contents that have no place any more: space comes back, and what was erased is gone.

A live record is copied, as it is, to the segment that this process writes; its row then points there; when nothing
points to the old file any more, it is removed. Interrupted at any instant, every content has one row and at least one
whole record; a second record of the same id counts once when the index is rebuilt.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import apsw

from corneille.mail.store.content import Parcel
from corneille.mail.store.record import HEADER, Damaged, Kind, parse_dropped
from corneille.mail.store.segment import Found, list_segments, segment_path, sync_folder, walk_segment
from corneille.mail.store.shard import Shard, segments_held
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction

BATCH_BYTES = 4 * 1024 * 1024


@dataclass(slots=True)
class Compacted:
    """How far a compaction is, and what it has won."""

    segment_count: int
    segments_done: int = 0
    removed_count: int = 0
    freed_bytes: int = 0
    damaged_count: int = 0  # segments left as they are, because something in them cannot be read


def compact_shard(shard: Shard, *, least_share: float) -> Iterator[Compacted]:
    """Rewrites each segment of which at least `least_share` (0..1) is without a place; 0 rewrites every one that has
    anything to erase.

    raises  Busy while a backup or another compaction runs, DiskFull
    """
    with segments_held(shard.folder, alone=True):
        shard.leave_segment()
        numbers = list_segments(shard.segments_folder)[:-1]  # the highest is never removed: its number would come back
        told = Compacted(len(numbers))
        for number in numbers:
            with _unwritten(shard, number) as is_mine:
                if is_mine:
                    yield from _compact(shard, number, least_share, told)
            told.segments_done += 1
            yield told


@contextmanager
def _unwritten(shard: Shard, number: int) -> Iterator[bool]:
    """Whether no process appends to this segment; while it is held, none begins to."""
    handle = os.open(segment_path(shard.segments_folder, number), os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _compact(shard: Shard, number: int, least_share: float, told: Compacted) -> Iterator[Compacted]:
    path = segment_path(shard.segments_folder, number)
    size_bytes = path.stat().st_size
    try:
        waste_bytes = sum(
            found.header.record_bytes
            for found in walk_segment(path)
            if found.header.kind is Kind.MESSAGE and not _is_live(shard.reader(), found)
        )
    except Damaged:
        told.damaged_count += 1
        return
    if waste_bytes <= 0 or waste_bytes < least_share * size_bytes:
        return
    kept_bytes = 0
    batch: list[Parcel] = []
    for found in walk_segment(path):
        if not _is_wanted(shard, found):
            continue
        try:
            batch.append(_wrap(shard, number, found))
        except Damaged:
            told.damaged_count += 1
            return
        kept_bytes += found.header.record_bytes
        if sum(parcel.size_bytes for parcel in batch) >= BATCH_BYTES:
            _relocate(shard, number, batch)
            batch = []
            yield told
    _relocate(shard, number, batch)
    if shard.submit(partial(_forget, number=number)).result():
        path.unlink()
        sync_folder(shard.segments_folder)
        shard.contents.forget(number)
        told.removed_count += 1
        told.freed_bytes += size_bytes - kept_bytes


def _is_live(connection: apsw.Connection, found: Found) -> bool:
    places = find_value(
        connection,
        "SELECT place_count FROM content WHERE segment = ? AND offset = ?",
        (found.position.segment, found.position.offset),
    )
    return bool(places)


def _is_wanted(shard: Shard, found: Found) -> bool:
    """Live contents, and what says that a content still lying in another segment was dropped."""
    if found.header.kind is Kind.MESSAGE:
        return _is_live(shard.reader(), found)
    return any(segment_path(shard.segments_folder, segment).exists() for segment, _ in parse_dropped(found.note))


def _wrap(shard: Shard, number: int, found: Found) -> Parcel:
    """The record again, checked. Raises Damaged."""
    head = shard.contents.read(number, found.record_offset, HEADER.size)
    content = shard.contents.read(number, found.position.offset, found.header.content_bytes)
    if hashlib.sha256(content).digest() != found.header.digest:
        raise Damaged("its octets were altered")
    return Parcel((content,), 0, (), found.header.record_bytes, (head, found.note), position=found.position)


def _relocate(shard: Shard, number: int, batch: list[Parcel]) -> None:
    before = [parcel.position for parcel in batch]

    def apply(turn: Transaction) -> None:
        turn.connection.executemany(
            "UPDATE content SET segment = ?, offset = ? WHERE segment = ? AND offset = ? AND place_count > 0",
            [
                (parcel.position.segment, parcel.position.offset, number, old.offset)
                for parcel, old in zip(batch, before, strict=True)
                if parcel.position is not None and old is not None
            ],
        )

    if batch:
        shard.submit(apply, batch).result()


def _forget(turn: Transaction, number: int) -> bool:
    """Drops the rows of contents without a place; False when something still lives there."""
    turn.connection.execute("DELETE FROM content WHERE segment = ? AND place_count = 0", (number,))
    return find_value(turn.connection, "SELECT 1 FROM content WHERE segment = ? LIMIT 1", (number,)) is None
