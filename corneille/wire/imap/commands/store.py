"""STORE and UID STORE (RFC 9051 §6.4.6), with UNCHANGEDSINCE (RFC 7162 §3.1.3)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.sequence_set import SequenceSet
from corneille.wire.imap.syntax import SyntaxRefused


@dataclass(frozen=True, slots=True)
class Store:
    numbers: SequenceSet
    change: str  # "+", "-" or "="
    flags: tuple[str, ...]
    is_silent: bool = False
    unchanged_since: int | None = None


def parse(cursor: Cursor) -> Store:
    cursor.space()
    numbers = cursor.sequence_set()
    cursor.space()
    unchanged_since = None
    if cursor.take(b"("):
        if cursor.word() != "UNCHANGEDSINCE":
            raise SyntaxRefused("STORE takes UNCHANGEDSINCE")
        cursor.space()
        unchanged_since = cursor.modseq()
        cursor.expect(b")")
        cursor.space()
    change = "+" if cursor.take(b"+") else "-" if cursor.take(b"-") else "="
    item = cursor.word()
    if item not in {"FLAGS", "FLAGS.SILENT"}:
        raise SyntaxRefused("STORE changes FLAGS")
    cursor.space()
    if cursor.peek(b"("):
        flags = cursor.flag_list()
    else:
        found = [cursor.flag()]
        while cursor.take(b" "):
            found.append(cursor.flag())
        flags = tuple(found)
    return Store(numbers, change, flags, item != "FLAGS", unchanged_since)
