"""A segment's records: self-describing, so that an index can be rebuilt from segments alone.

record = header (64 bytes) + note (JSON) + content
header = magic, version, kind, 2 spare bytes, note length, content length, received_at (s since 1970), SHA-256 of the
         content, CRC-32 of header and note.  The note says where the message was put and when it was saved.
"""

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

FILE_MAGIC = b"CRNLSEG1"
FILE_HEADER = struct.Struct("<8sIIQ")  # magic, number, slot, begun at (s)
HEADER = struct.Struct("<4sBBHIQq32sI")
MAGIC = b"\x89CRN"
VERSION = 1
NOTE_BYTES = 1024 * 1024


class Kind(IntEnum):
    """What a record holds."""

    MESSAGE = 1
    DROPPED = 2  # its note lists contents that have no place any more
    COMMITTED = 3  # its note says which content was the last that the index had for certain


class Damaged(Exception):
    """These bytes are not a whole record; the text says what is wrong."""


class Torn(Damaged):
    """And they need be no damage: so a crash leaves what was not synced, cut short or with blocks never written."""


class NotedPlace(NamedTuple):
    """A mailbox as it was called when a message came to it."""

    account: int
    mailbox_name: str
    flags: str  # rendered
    uid_validity: int


@dataclass(frozen=True, slots=True)
class Note:
    """Where a message was filed first and when (s).

    `id` is drawn for each record and kept when it is copied to another segment: two records with one id are one.
    `committed` is the highest content that the index had when the record was written: one that has less now is older
    than its segments. None in records of earlier versions, in which one that was refused looks like one that was accepted.
    """

    places: tuple[NotedPlace, ...]
    saved_at: int
    id: str
    committed: int | None = 0


@dataclass(frozen=True, slots=True)
class Header:
    """What a record's first bytes say."""

    kind: Kind
    note_bytes: int
    content_bytes: int
    received_at: int
    digest: bytes
    check: int

    @property
    def record_bytes(self) -> int:
        return HEADER.size + self.note_bytes + self.content_bytes


def format_header(kind: Kind, note: bytes, content_bytes: int, received_at: int, digest: bytes) -> bytes:
    """The 64 bytes before note and content."""
    start = HEADER.pack(MAGIC, VERSION, kind, 0, len(note), content_bytes, received_at, digest, 0)[:-4]
    return start + zlib.crc32(note, zlib.crc32(start)).to_bytes(4, "little")


def parse_header(raw: bytes) -> Header:
    """Reads a record's header. Raises Damaged."""
    if len(raw) < HEADER.size:
        raise Torn("the record's header is cut short")
    magic, version, kind, _, note_bytes, content_bytes, received_at, digest, check = HEADER.unpack_from(raw)
    if not raw[0] or not check:
        raise Torn("blocks of the record's header were never written")
    if magic != MAGIC:
        raise Damaged("no record begins here")
    if version != VERSION or kind not in tuple(Kind):
        raise Damaged(f"a record of version {version}, kind {kind} is not known")
    if note_bytes > NOTE_BYTES:
        raise Damaged("the record's note is longer than notes are")
    return Header(Kind(kind), note_bytes, content_bytes, received_at, digest, check)


def check_note(header: Header, raw_header: bytes, note: bytes) -> None:
    """Raises Damaged when header or note are not what was written."""
    if zlib.crc32(note, zlib.crc32(raw_header[: HEADER.size - 4])) == header.check:
        return
    has_gap = len(note) < header.note_bytes or b"\0" in note  # JSON has none
    if has_gap and not _begins_whole(note):
        raise Torn("the record's note is cut short, or blocks of it were never written")
    raise Damaged("the record's header or note was altered")


def _begins_whole(note: bytes) -> bool:
    """Whether nothing of it is missing, whatever length its header says."""
    try:
        json.JSONDecoder().raw_decode(note.decode("utf-8", "replace"))
    except UNREADABLE:
        return False
    return True


UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What a note that was altered raises: JSON may hold 1e999, or a thousand brackets."""


def format_note(note: Note) -> bytes:
    """JSON, compact. Of some 30,000 places and more it names the first: a rebuild knows of these alone, the index of all."""
    places = note.places
    while True:
        said = {"places": places, "saved": note.saved_at, "id": note.id, "committed": note.committed}
        raw = json.dumps(said, separators=(",", ":")).encode()
        if len(raw) <= NOTE_BYTES:
            return raw
        places = places[: len(places) * NOTE_BYTES // len(raw)]


def parse_note(raw: bytes) -> Note:
    """Reads a MESSAGE's note. Raises Damaged."""
    try:
        read = json.loads(raw)
        places = tuple(NotedPlace(int(a), str(n), str(f), int(v)) for a, n, f, v in read["places"])
        committed = read.get("committed")
        return Note(places, int(read["saved"]), str(read["id"]), None if committed is None else int(committed))
    except UNREADABLE as error:
        raise Damaged(f"the record's note cannot be read: {error}") from error


def format_committed(committed: int) -> bytes:
    """The note of a COMMITTED record."""
    return json.dumps({"committed": committed}, separators=(",", ":")).encode()


def parse_committed(raw: bytes) -> int:
    """Reads a COMMITTED record's note. Raises Damaged."""
    try:
        return int(json.loads(raw)["committed"])
    except UNREADABLE as error:
        raise Damaged(f"the record's note cannot be read: {error}") from error


def format_dropped(positions: Iterable[tuple[int, int]]) -> bytes:
    """The note of a DROPPED record: (segment, offset of the content) each."""
    return json.dumps({"dropped": list(positions)}, separators=(",", ":")).encode()


def parse_dropped(raw: bytes) -> list[tuple[int, int]]:
    """Reads a DROPPED record's note. Raises Damaged."""
    try:
        return [(int(segment), int(offset)) for segment, offset in json.loads(raw)["dropped"]]
    except UNREADABLE as error:
        raise Damaged(f"the record's note cannot be read: {error}") from error
