"""ID (RFC 2971)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

MAX_FIELDS = 30


@dataclass(frozen=True, slots=True)
class Identify:
    """What the program says of itself; names in lower case, values cut at 1024 (RFC 2971 §3.3)."""

    fields: tuple[tuple[str, str], ...]


def parse(cursor: Cursor) -> Identify:
    cursor.space()
    if not cursor.take(b"("):
        if cursor.word() != "NIL":
            raise SyntaxRefused("ID takes NIL or a list")
        return Identify(())
    fields: list[tuple[str, str]] = []
    while not cursor.take(b")"):
        if fields:
            cursor.space()
        name = cursor.string()
        cursor.space()
        value = cursor.nstring()
        fields.append((name.decode("utf-8", "replace").lower()[:64], (value or b"").decode("utf-8", "replace")[:1024]))
        if len(fields) > MAX_FIELDS:
            raise SyntaxRefused("ID takes 30 fields at most")
    return Identify(tuple(fields))
