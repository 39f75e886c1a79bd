"""Contents: bytes in a segment, described once, counted by their places.

Every record has a row of `content` or of `spare` from the commit of its group on, also when it was refused: what has
none is not known to be waste, and nobody may throw it away.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import apsw

from corneille.kernel import clock
from corneille.mail.describe import Description, describe
from corneille.mail.store.record import (
    Damaged,
    Kind,
    Note,
    NotedPlace,
    format_committed,
    format_dropped,
    format_header,
    format_note,
)
from corneille.mail.store.segment import Position, SegmentReader, SegmentWriter
from corneille.mail.store.sql import find_row, find_value, list_rows, number_list
from corneille.mail.store.transaction import Transaction


@dataclass(slots=True)
class Parcel:
    """One content on its way: what came, then where it was put and what was found in it."""

    chunks: Sequence[bytes]  # together the octets as they came
    received_at: int
    places: tuple[NotedPlace, ...]
    size_bytes: int
    raw_head: tuple[bytes, bytes] | None = None  # a record's header and note, when it only changes its segment
    copy_of: Position | None = None  # and where it was before
    digest: bytes = b""
    position: Position | None = None
    description: Description | None = None


def append_parcel(segments: SegmentWriter, parcel: Parcel, committed: int) -> None:
    """Describes a content and appends it to the segment. Raises OSError; it is durable after the segment's sync.

    committed  the last content that the index has for certain
    """
    if parcel.raw_head is not None:
        parcel.position = segments.append(*parcel.raw_head, parcel.chunks)
        return
    content = parcel.chunks[0] if len(parcel.chunks) == 1 else b"".join(parcel.chunks)
    parcel.digest = hashlib.sha256(content).digest()
    parcel.description = describe(content)
    note = format_note(Note(parcel.places, int(clock.now().timestamp()), secrets.token_hex(6), committed))
    header = format_header(Kind.MESSAGE, note, len(content), parcel.received_at, parcel.digest)
    parcel.position = segments.append(header, note, (content,))


_ADD = """
INSERT INTO content (segment, offset, size_bytes, place_count, digest, has_attachment, sent_day, sent_at, sender_name,
  sender_address, recipients, subject, preview, envelope, bodystructure, body)
VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def add_content(turn: Transaction, parcel: Parcel) -> int:
    """The content's row, for its first place; returns its number."""
    position, facts = parcel.position, parcel.description
    assert position is not None, "a parcel is appended before its transaction"
    assert facts is not None, "and described"
    turn.connection.execute(
        _ADD,
        (
            position.segment, position.offset, parcel.size_bytes, parcel.digest, facts.has_attachment, facts.sent_day,
            facts.sent_at, facts.sender_name, facts.sender_address, facts.recipients, facts.subject, facts.preview,
            facts.envelope, facts.bodystructure, facts.body,
        ),
    )  # fmt: skip
    return turn.connection.last_insert_rowid()


_ADD_WASTE = """
INSERT OR IGNORE INTO content (segment, offset, size_bytes, place_count, digest, emptied_at, is_dropped, has_attachment,
  sender_name, sender_address, recipients, subject, preview, envelope, bodystructure, body)
VALUES (?, ?, ?, 0, ?, ?, ?, 0, '', '', '', '', '', x'', x'', x'')
"""


def add_waste(turn: Transaction, position: Position, size_bytes: int, digest: bytes, *, is_dropped: bool = False) -> None:
    """The row of a record that nobody has: refused, or cut off by a crash. It goes as if it had been expunged now."""
    turn.connection.execute(
        _ADD_WASTE, (position.segment, position.offset, size_bytes, digest, turn.now_s, is_dropped)
    )


def add_spare(turn: Transaction, position: Position, content: int) -> None:
    """Another record of a content: it is not filed again, and told as dropped when the content is."""
    turn.connection.execute("INSERT OR REPLACE INTO spare VALUES (?, ?, ?)", (position.segment, position.offset, content))
    turn.connection.execute("UPDATE content SET is_dropped = 0 WHERE id = ?", (content,))


def add_unfiled(turn: Transaction, parcels: Iterable[Parcel]) -> None:
    """The rows of parcels that were appended and then refused."""
    for parcel in parcels:
        assert parcel.position is not None, "it was appended"
        content = None if parcel.copy_of is None else find_content(turn.connection, parcel.copy_of)
        if content is None:
            add_waste(turn, parcel.position, sum(len(chunk) for chunk in parcel.chunks), parcel.digest)
        else:
            add_spare(turn, parcel.position, content)


def find_content(connection: apsw.Connection, position: Position) -> int | None:
    """The content that lies there."""
    content: int | None = find_value(
        connection, "SELECT id FROM content WHERE segment = ? AND offset = ?", (position.segment, position.offset)
    )
    return content


def find_last_content(connection: apsw.Connection) -> int:
    """The highest content that the index ever had."""
    return int(find_value(connection, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'content'") or 0)


def count_places(turn: Transaction, contents: dict[int, int]) -> None:
    """Adds to each content's places (negative: takes away); one without any keeps its position, and since when."""
    turn.connection.executemany(
        "UPDATE content SET place_count = place_count + ?1, emptied_at = iif(place_count + ?1 = 0, ?3, NULL) WHERE id = ?2",
        [(count, content, turn.now_s) for content, count in contents.items()],
    )
    gone = [(content,) for content, count in contents.items() if count < 0]
    if not gone:
        return
    turn.connection.executemany(_EMPTY, gone)
    turn.connection.executemany(
        "DELETE FROM content_text WHERE content = ? AND (SELECT place_count FROM content WHERE id = content) = 0", gone
    )


_EMPTY = """
UPDATE content SET sender_name = '', sender_address = '', recipients = '', subject = '', preview = '',
  envelope = x'', bodystructure = x'', body = x''
WHERE id = ? AND place_count = 0
"""


def find_position(connection: apsw.Connection, content: int) -> tuple[int, int, int] | None:
    """Segment, offset, size of a content."""
    row: tuple[int, int, int] | None = find_row(
        connection, "SELECT segment, offset, size_bytes FROM content WHERE id = ?", (content,)
    )
    return row


def read_content(
    connection: apsw.Connection, segments: SegmentReader, content: int, position: tuple[int, int, int] | None = None,
    piece: tuple[int, int] | None = None,
) -> bytes | None:  # fmt: skip
    """A content's octets, not checked against its digest (`verify` does that); None when it is there no more.

    position  where it was a moment ago, if that is known: a compaction may have moved it since
    piece     only so many octets from this one on, or those of them that there are
    raises    Damaged, OSError
    """
    if position is None:
        position = find_position(connection, content)
    while position is not None:
        try:
            return segments.read(*_narrow(position, piece))
        except (Damaged, OSError):
            before, position = position, find_position(connection, content)
            if position == before:
                raise
    return None


def _narrow(position: tuple[int, int, int], piece: tuple[int, int] | None) -> tuple[int, int, int]:
    segment, offset, size_bytes = position
    start, count = (0, size_bytes) if piece is None else piece
    start = min(start, size_bytes)
    return segment, offset + start, min(count, size_bytes - start)


def find_positions(connection: apsw.Connection, contents: Iterable[int]) -> dict[int, tuple[int, int, int]]:
    """Segment, offset, size of many contents."""
    rows = list_rows(
        connection,
        "SELECT id, segment, offset, size_bytes FROM content WHERE id IN (SELECT value FROM carray(?))",
        (number_list(contents),),
    )
    return {row[0]: row[1:] for row in rows}


def note_committed(segments: SegmentWriter, committed: int) -> None:
    """Writes behind a group's records that the index has them: one that lost exactly this commit is told from a crash
    before it. No promise hangs on it, so that it costs no sync. Raises OSError.
    """
    note = format_committed(committed)
    segments.mark(format_header(Kind.COMMITTED, note, 0, 0, hashlib.sha256().digest()), note)


DROPPED_COUNT = 500


def note_dropped(connection: apsw.Connection, segments: SegmentWriter) -> bool:
    """Writes into the segments which contents have lost their last place, so that an index rebuilt from them does
    not bring back what was expunged; False when there is nothing to write.
    """
    gone = list_rows(
        connection,
        "SELECT id, segment, offset FROM content WHERE place_count = 0 AND NOT is_dropped LIMIT ?",
        (DROPPED_COUNT,),
    )
    if not gone:
        return False
    spare = list_rows(
        connection,
        "SELECT segment, offset FROM spare WHERE content IN (SELECT value FROM carray(?))",
        (number_list(content for content, _, _ in gone),),
    )
    note = format_dropped([*((segment, offset) for _, segment, offset in gone), *spare])
    segments.append(format_header(Kind.DROPPED, note, 0, 0, hashlib.sha256().digest()), note, ())
    segments.sync()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("UPDATE content SET is_dropped = 1 WHERE id = ?", [(content,) for content, _, _ in gone])
    connection.execute("COMMIT")
    return True
