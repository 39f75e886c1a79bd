"""GETMETADATA and SETMETADATA (RFC 5464 §4)."""

import re
from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

MAX_ENTRIES = 200
NO_OPTIONS: tuple[int | None, int | None] = (0, None)
_ENTRY = re.compile(r"/(?:private|shared)(?:/[^\x00-\x1f%*/\x7f-\U0010ffff]+)+\Z")
_ROOTS = frozenset({"/private", "/shared"})
"""They hold no value, but all that stands below them may be asked for (DEPTH)."""


@dataclass(frozen=True, slots=True)
class GetMetadata:
    """`mailbox` "" is the server; entries are in lower case; `depth` is None for infinity."""

    mailbox: str
    entries: tuple[str, ...]
    depth: int | None = 0
    max_size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class SetMetadata:
    mailbox: str
    values: tuple[tuple[str, bytes | None], ...]


def parse_get(cursor: Cursor) -> GetMetadata:
    """The options stand before the mailbox in the grammar, after it in the RFC's examples: both are read."""
    cursor.space()
    options = _parse_options(cursor)
    mailbox = _parse_mailbox(cursor)
    cursor.space()
    depth, size = _parse_options(cursor) if options == NO_OPTIONS else options
    entries: list[str] = []
    if not cursor.take(b"("):
        return GetMetadata(mailbox, (_parse_asked(cursor),), depth, size)
    while not entries or not cursor.take(b")"):
        if entries:
            cursor.space()
        entries.append(_parse_asked(cursor))
        if len(entries) > MAX_ENTRIES:
            raise SyntaxRefused("GETMETADATA takes 200 entries at most")
    return GetMetadata(mailbox, tuple(entries), depth, size)


def parse_set(cursor: Cursor) -> SetMetadata:
    cursor.space()
    mailbox = _parse_mailbox(cursor)
    cursor.space()
    cursor.expect(b"(")
    values: list[tuple[str, bytes | None]] = []
    while not values or not cursor.take(b")"):
        if values:
            cursor.space()
        entry = _parse_entry(cursor)
        cursor.space()
        value = cursor.literal(binary=True)
        values.append((entry, cursor.nstring() if value is None else value))
        if len(values) > MAX_ENTRIES:
            raise SyntaxRefused("SETMETADATA takes 200 entries at most")
    return SetMetadata(mailbox, tuple(values))


def _parse_options(cursor: Cursor) -> tuple[int | None, int | None]:
    """DEPTH and MAXSIZE, and the space after them; NO_OPTIONS where a list of entries or a mailbox is next."""
    depth, size = NO_OPTIONS
    if not cursor.peek(b"(") or any(cursor.peek(b"(" + mark) for mark in (b"/", b'"', b"{")):
        return NO_OPTIONS
    cursor.expect(b"(")
    while True:
        word = cursor.word()
        cursor.space()
        if word == "MAXSIZE":
            size = cursor.number()
        elif word == "DEPTH":
            depth = _parse_depth(cursor.word())
        else:
            raise SyntaxRefused("GETMETADATA takes DEPTH and MAXSIZE")
        if cursor.take(b")"):
            cursor.space()
            return depth, size
        cursor.space()


def _parse_depth(word: str) -> int | None:
    if word not in {"0", "1", "INFINITY"}:
        raise SyntaxRefused("DEPTH is 0, 1 or infinity")
    return None if word == "INFINITY" else int(word)


def _parse_mailbox(cursor: Cursor) -> str:
    return "" if cursor.take(b'""') else cursor.mailbox()


def _parse_asked(cursor: Cursor) -> str:
    entry = cursor.astring().decode("latin-1").lower()
    return entry if entry in _ROOTS else _check_entry(entry)


def _parse_entry(cursor: Cursor) -> str:
    return _check_entry(cursor.astring().decode("latin-1").lower())


def _check_entry(entry: str) -> str:
    if not _ENTRY.match(entry):
        raise SyntaxRefused("an entry begins with /private/ or /shared/ and has neither * nor % (RFC 5464)")
    return entry
