"""Rewrites segments without the contents that have had no place for long enough: space comes back, and what was erased
is gone.

A record that is kept is copied, as it is, to the segment that this process writes; its row then points there; when
nothing points to the old file any more, it is removed. Interrupted at any instant, every content has one row and at
least one whole record; a second record of the same id counts once when the index is rebuilt. A record of which the
index knows nothing is not waste but mail that an index has lost: its segment is left, and `verify` names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import apsw

from corneille.mail.store.content import Parcel, add_spare
from corneille.mail.store.erasure import WORDS, owe
from corneille.mail.store.filing import is_whole, read_whole
from corneille.mail.store.record import HEADER, Damaged, Kind, parse_dropped
from corneille.mail.store.removal import forget_removal, owe_removal, pay_removals, remove_file
from corneille.mail.store.segment import Found, SegmentReader, list_segments, segment_path, unwritten, walk_segment
from corneille.mail.store.segments_held import segments_held
from corneille.mail.store.shard import Shard
from corneille.mail.store.sql import find_row, find_value, list_rows
from corneille.mail.store.transaction import Transaction

BATCH_BYTES = 4 * 1024 * 1024
"""Written as one change: a delivery waits for no more than that."""


@dataclass(slots=True)
class Compacted:
    """How far a compaction is, and what it has won."""

    segment_count: int
    segments_done: int = 0
    removed_count: int = 0
    freed_bytes: int = 0
    damaged_count: int = 0  # segments left as they are: something in them cannot be read, or has no row


@dataclass(frozen=True, slots=True)
class Compaction:
    """When (s) a segment was given back last, how much in all, and what is without a place and still on the disk."""

    at_s: int | None
    freed_bytes: int
    waiting_bytes: int


def read_compaction(connection: apsw.Connection) -> Compaction:
    """What was written down of the shard's compactions."""
    row = find_row(connection, "SELECT at, freed_bytes FROM compaction")
    waiting_bytes: int = find_value(connection, "SELECT coalesce(sum(size_bytes), 0) FROM content WHERE place_count = 0")
    at_s, freed_bytes = row or (None, 0)
    return Compaction(at_s, freed_bytes, waiting_bytes)


def set_back(shard: Shard, now_s: int) -> None:
    """What went while the clock was ahead went now: else it would lie there until the clock is there again."""
    ahead = "place_count = 0 AND emptied_at > ?1"
    if find_value(shard.reader(), f"SELECT 1 FROM content WHERE {ahead} LIMIT 1", (now_s,)) is not None:
        change = f"UPDATE content SET emptied_at = ?1 WHERE {ahead}"
        shard.submit(lambda turn: turn.connection.execute(change, (now_s,)).fetchall()).result()


def list_worth(shard: Shard, *, before_s: int, least_share: float, oldest_s: int) -> list[int]:
    """The segments that a compaction is worth: `least_share` of one lost its last place before `before_s`, or some of
    it before `oldest_s`. Told by the index alone, which has rows of what was refused too.
    """
    rows = list_rows(
        shard.reader(),
        "SELECT segment, sum(size_bytes), min(emptied_at) FROM content WHERE place_count = 0 AND emptied_at <= ?"
        " GROUP BY segment ORDER BY sum(size_bytes) DESC",
        (before_s,),
    )
    worth = []
    for segment, waste_bytes, since_s in rows:
        path = segment_path(shard.segments_folder, segment)
        if path.exists() and (since_s <= oldest_s or waste_bytes >= least_share * path.stat().st_size):
            worth.append(segment)
    return worth


def compact_shard(shard: Shard, *, least_share: float, before_s: int, only: list[int] | None = None) -> Iterator[Compacted]:
    """Rewrites each segment of which at least `least_share` (0..1) has been without a place since before `before_s` or
    never had one; 0 rewrites every one that has anything to erase. One that another process writes is left to it.

    only    these segments; None: every one
    raises  Busy while a backup or another compaction runs, DiskFull
    """
    shard.submit(lambda turn: pay_removals(turn.connection, shard.segments_folder)).result()
    if only is None or any(shard.writes_to(number) for number in only) or _is_last_free(shard, only):
        shard.leave_segment()
    numbers = list_segments(shard.segments_folder)[:-1]  # the highest is never removed: its number would come back
    if only is not None:
        numbers = [number for number in only if number in numbers]
    told = Compacted(len(numbers))
    for number in numbers:
        with segments_held(shard.folder, alone=True), unwritten(shard.segments_folder, number) as is_mine:
            if is_mine:
                yield from _compact(shard, number, least_share, before_s, told)
        told.segments_done += 1
        yield told


def _is_last_free(shard: Shard, only: list[int]) -> bool:
    """Whether the highest segment is wanted and nobody's: another has to be begun above it."""
    numbers = list_segments(shard.segments_folder)
    if not numbers or numbers[-1] not in only:
        return False
    with unwritten(shard.segments_folder, numbers[-1]) as is_free:
        return is_free


def _compact(shard: Shard, number: int, least_share: float, before_s: int, told: Compacted) -> Iterator[Compacted]:
    path = segment_path(shard.segments_folder, number)
    size_bytes = path.stat().st_size
    try:
        waste_bytes = sum(
            found.header.record_bytes
            for found in walk_segment(path)
            if found.header.kind is Kind.MESSAGE and not _is_kept(shard.reader(), shard.contents, found, before_s)
        )
    except (Damaged, _Unknown):
        told.damaged_count += 1
        return
    if waste_bytes <= 0 or waste_bytes < least_share * size_bytes:
        return
    kept_bytes = 0
    batch: list[Parcel] = []
    for found in walk_segment(path):
        if not _is_wanted(shard, found, before_s):
            continue
        try:
            batch.append(_wrap(shard, number, found))
        except Damaged:
            told.damaged_count += 1
            return
        kept_bytes += found.header.record_bytes
        if sum(parcel.size_bytes for parcel in batch) >= BATCH_BYTES:
            _relocate(shard, batch)
            batch = []
            yield told
    _relocate(shard, batch)
    freed_bytes = size_bytes - kept_bytes

    def forget(turn: Transaction) -> bool:
        is_forgotten = _forget(turn, number, before_s, freed_bytes)
        if is_forgotten:  # else it is a segment like others
            shard.abandon(number)
        return is_forgotten

    if shard.submit(forget).result():
        remove_file(shard.segments_folder, number)
        shard.submit(lambda turn: forget_removal(turn.connection, number)).result()
        shard.contents.forget(number)
        told.removed_count += 1
        told.freed_bytes += freed_bytes


class _Unknown(Exception):
    """The index has no row for this record."""


def _is_kept(connection: apsw.Connection, reader: SegmentReader, found: Found, before_s: int) -> bool:
    """Whether a message has the content, or had it a moment ago.

    raises  _Unknown, and Damaged where a copy is all that is left of its content
    """
    row = find_row(
        connection,
        "SELECT place_count > 0 OR emptied_at > ? FROM content WHERE segment = ? AND offset = ?",
        (before_s, found.position.segment, found.position.offset),
    )
    if row is not None:
        return bool(row[0])
    spare = (
        "SELECT c.segment, c.offset, c.size_bytes, c.digest, c.place_count FROM spare s JOIN content c ON c.id = s.content"
        " WHERE s.segment = ? AND s.offset = ?"
    )
    original = find_row(connection, spare, (found.position.segment, found.position.offset))
    if original is None:
        raise _Unknown
    if original[4] and not is_whole(reader, *original[:4]):
        raise Damaged("the octets of which this is a copy were altered: `verify --repair` takes these in their place")
    return False


def _is_wanted(shard: Shard, found: Found, before_s: int) -> bool:
    """Kept contents, and what says that a content still lying in another segment was dropped."""
    if found.header.kind is Kind.MESSAGE:
        return _is_kept(shard.reader(), shard.contents, found, before_s)
    if found.header.kind is Kind.COMMITTED:
        return False  # the index knows more by now
    return any(segment_path(shard.segments_folder, segment).exists() for segment, _ in parse_dropped(found.note))


def _wrap(shard: Shard, number: int, found: Found) -> Parcel:
    """The record again, checked. Raises Damaged."""
    head = shard.contents.read(number, found.record_offset, HEADER.size)
    content = read_whole(shard.contents, found)
    return Parcel((content,), 0, (), found.header.record_bytes, (head, found.note), copy_of=found.position)


def _relocate(shard: Shard, batch: list[Parcel]) -> None:
    """A content that has no place any more is noted as dropped again: the note that said so named its old position."""

    def apply(turn: Transaction) -> None:
        for parcel in batch:
            assert parcel.position is not None, "appended before the transaction"
            assert parcel.copy_of is not None, "and wrapped from its old record"
            old = parcel.copy_of
            moved: int | None = find_value(
                turn.connection,
                "UPDATE content SET segment = ?, offset = ?, is_dropped = 0 WHERE segment = ? AND offset = ? RETURNING id",
                (parcel.position.segment, parcel.position.offset, old.segment, old.offset),
            )
            if moved is not None:  # else it is a note of what was dropped
                add_spare(turn, old, moved)

    if batch:
        shard.submit(apply, batch).result()


def _forget(turn: Transaction, number: int, before_s: int, freed_bytes: int) -> bool:
    """Drops the rows of contents that are erased, and writes down what that wins; False when something still lives there."""
    lives = "SELECT 1 FROM content WHERE segment = ? AND (place_count > 0 OR emptied_at > ?) LIMIT 1"
    if find_value(turn.connection, lives, (number, before_s)) is not None:
        return False
    turn.connection.execute("DELETE FROM content WHERE segment = ?", (number,))
    if turn.connection.changes():
        owe(turn, WORDS)
    turn.connection.execute("DELETE FROM spare WHERE segment = ?", (number,))
    owe_removal(turn, number)
    turn.connection.execute(
        "INSERT INTO compaction VALUES (1, ?1, ?2) ON CONFLICT DO UPDATE SET at = ?1, freed_bytes = freed_bytes + ?2",
        (turn.now_s, freed_bytes),
    )
    return True
