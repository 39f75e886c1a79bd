"""STATUS (RFC 9051 §6.3.11)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

ITEMS = frozenset({
    "MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "DELETED", "SIZE",
    "HIGHESTMODSEQ",  # RFC 7162
    "APPENDLIMIT",  # RFC 7889
    "MAILBOXID",  # RFC 8474
    "DELETED-STORAGE",  # RFC 9208
})


@dataclass(frozen=True, slots=True)
class Status:
    mailbox: str
    items: tuple[str, ...]


def parse(cursor: Cursor) -> Status:
    cursor.space()
    mailbox = cursor.mailbox()
    cursor.space()
    return Status(mailbox, parse_items(cursor))


def parse_items(cursor: Cursor) -> tuple[str, ...]:
    """A list of items in parentheses, each once, in the order asked."""
    cursor.expect(b"(")
    items: dict[str, None] = {}
    while True:
        item = cursor.word()
        if item not in ITEMS:
            raise SyntaxRefused("STATUS does not know this item")
        items[item] = None
        if cursor.take(b")"):
            return tuple(items)
        cursor.space()
