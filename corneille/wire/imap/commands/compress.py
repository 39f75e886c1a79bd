"""COMPRESS (RFC 4978 §3)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused


@dataclass(frozen=True, slots=True)
class Compress:
    """DEFLATE: the only way there is."""


def parse(cursor: Cursor) -> Compress:
    cursor.space()
    if cursor.word() != "DEFLATE":
        raise SyntaxRefused("COMPRESS takes DEFLATE")
    return Compress()
