"""FETCH (RFC 9051 §6.4.5), with CHANGEDSINCE, VANISHED (RFC 7162), PREVIEW, OBJECTID and SAVEDATE."""

from dataclasses import dataclass
from typing import TypeAlias

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.partial import Partial, parse_partial
from corneille.wire.imap.section import SectionAsked
from corneille.wire.imap.sequence_set import SequenceSet
from corneille.wire.imap.string import format_astring
from corneille.wire.imap.syntax import SyntaxRefused

PLAIN_ITEMS = frozenset({
    "ENVELOPE", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "BODY", "BODYSTRUCTURE", "UID", "MODSEQ",
    "EMAILID", "THREADID", "SAVEDATE", "PREVIEW",
})
MACROS = {
    "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"),
    "ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"),
    "FULL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"),
}
MAX_DEPTH = 100
MAX_ITEMS = 200


@dataclass(frozen=True, slots=True)
class BodyItem:
    """Octets of the message. `label` is what the reply calls it (`BODY[TEXT]`, `RFC822`), without the origin."""

    section: SectionAsked
    label: bytes
    is_peek: bool
    partial: tuple[int, int] | None = None  # origin, octets


@dataclass(frozen=True, slots=True)
class BinaryItem:
    """A part's decoded octets (RFC 3516), or their number when `is_size`."""

    path: tuple[int, ...]
    is_peek: bool
    is_size: bool = False
    partial: tuple[int, int] | None = None


Item: TypeAlias = str | BodyItem | BinaryItem


@dataclass(frozen=True, slots=True)
class Fetch:
    numbers: SequenceSet
    items: tuple[Item, ...]
    changed_since: int | None = None
    vanished: bool = False
    partial: Partial | None = None


def parse(cursor: Cursor) -> Fetch:
    cursor.space()
    numbers = cursor.sequence_set()
    cursor.space()
    items = parse_item_list(cursor) if cursor.take(b"(") else _parse_one(cursor)
    changed_since, vanished, partial = _parse_modifiers(cursor) if cursor.take(b" ") else (None, False, None)
    return Fetch(numbers, items, changed_since, vanished, partial)


def parse_item_list(cursor: Cursor) -> tuple[Item, ...]:
    """Items up to the closing parenthesis, each once; there is one at least."""
    items = [_parse_item(cursor)]
    while not cursor.take(b")"):
        cursor.space()
        if len(items) >= MAX_ITEMS:
            raise SyntaxRefused("FETCH takes 200 items at most")
        items.append(_parse_item(cursor))
    return tuple(dict.fromkeys(items))


def _parse_one(cursor: Cursor) -> tuple[Item, ...]:
    """A macro, or one item."""
    for macro, expansion in MACROS.items():
        if cursor.take_word(macro.encode()):
            return expansion
    return (_parse_item(cursor),)


def _parse_modifiers(cursor: Cursor) -> tuple[int | None, bool, Partial | None]:
    changed_since, vanished, partial = None, False, None
    cursor.expect(b"(")
    while True:
        word = cursor.word()
        if word == "CHANGEDSINCE":
            cursor.space()
            changed_since = cursor.modseq()
        elif word == "VANISHED":
            vanished = True
        elif word == "PARTIAL":
            cursor.space()
            partial = parse_partial(cursor)
        else:
            raise SyntaxRefused("FETCH takes CHANGEDSINCE, PARTIAL or VANISHED")
        if cursor.take(b")"):
            break
        cursor.space()
    if vanished and changed_since is None:
        raise SyntaxRefused("VANISHED needs CHANGEDSINCE")
    return changed_since, vanished, partial


def _parse_item(cursor: Cursor) -> Item:
    word = cursor.item_word()
    if cursor.peek(b"["):
        return _parse_section_item(cursor, word)
    if word == "RFC822":
        return BodyItem(SectionAsked(), b"RFC822", is_peek=False)
    if word == "RFC822.HEADER":
        return BodyItem(SectionAsked(text="HEADER"), b"RFC822.HEADER", is_peek=True)
    if word == "RFC822.TEXT":
        return BodyItem(SectionAsked(text="TEXT"), b"RFC822.TEXT", is_peek=False)
    if word not in PLAIN_ITEMS:
        raise SyntaxRefused("FETCH does not know this item")
    if word == "PREVIEW" and cursor.take(b" ("):
        if cursor.word() != "LAZY":
            raise SyntaxRefused("PREVIEW takes LAZY")
        cursor.expect(b")")
    return word


def _parse_section_item(cursor: Cursor, word: str) -> Item:
    cursor.expect(b"[")
    if word in {"BODY", "BODY.PEEK"}:
        section = _parse_section(cursor)
        cursor.expect(b"]")
        label = b"BODY[%b]" % _format_section(section)
        return BodyItem(section, label, is_peek=word == "BODY.PEEK", partial=_parse_partial(cursor))
    if word in {"BINARY", "BINARY.PEEK", "BINARY.SIZE"}:
        path = () if cursor.peek(b"]") else _parse_path(cursor)
        cursor.expect(b"]")
        is_size = word == "BINARY.SIZE"
        return BinaryItem(path, word != "BINARY", is_size, None if is_size else _parse_partial(cursor))
    raise SyntaxRefused("FETCH does not know this item")


def _parse_path(cursor: Cursor) -> tuple[int, ...]:
    path = [cursor.number()]
    while cursor.peek_digit_after_dot():
        cursor.expect(b".")
        path.append(cursor.number())
    if 0 in path or len(path) > MAX_DEPTH:
        raise SyntaxRefused("parts are numbered from 1, to 100 levels")
    return tuple(path)


def _parse_section(cursor: Cursor) -> SectionAsked:
    path: tuple[int, ...] = ()
    if cursor.peek_digit():
        path = _parse_path(cursor)
        if not cursor.take(b"."):
            return SectionAsked(path)
    if cursor.peek(b"]"):
        return SectionAsked(path)
    word = cursor.item_word()
    if word in {"HEADER.FIELDS", "HEADER.FIELDS.NOT"}:
        cursor.space()
        cursor.expect(b"(")
        fields: list[str] = []
        while True:
            fields.append(cursor.astring().decode("utf-8", "replace"))
            if cursor.take(b")"):
                return SectionAsked(path, word, tuple(fields))
            cursor.space()
    if word in {"HEADER", "TEXT"} or (word == "MIME" and path):
        return SectionAsked(path, word)
    raise SyntaxRefused("a section is HEADER, HEADER.FIELDS, TEXT, MIME or a part")


def _parse_partial(cursor: Cursor) -> tuple[int, int] | None:
    if not cursor.take(b"<"):
        return None
    origin = cursor.modseq()
    cursor.expect(b".")
    count = cursor.modseq()
    cursor.expect(b">")
    if count == 0:
        raise SyntaxRefused("a part of a text is one octet at least")
    return origin, count


def _format_section(section: SectionAsked) -> bytes:
    parts = [str(number) for number in section.path]
    if section.text:
        parts.append(section.text)
    label = ".".join(parts).encode()
    if section.fields:
        label += b" (%b)" % b" ".join(format_astring(field.encode()) for field in section.fields)
    return label
