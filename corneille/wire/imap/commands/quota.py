"""GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class QuotaOf:
    """The root's name, or the mailbox whose root is asked."""

    name: str


def parse_root(cursor: Cursor) -> QuotaOf:
    cursor.space()
    return QuotaOf(cursor.text())


def parse_mailbox(cursor: Cursor) -> QuotaOf:
    cursor.space()
    return QuotaOf(cursor.mailbox())


def parse_set(cursor: Cursor) -> QuotaOf:
    root = parse_root(cursor)
    cursor.space()
    cursor.expect(b"(")
    first = True
    while not cursor.take(b")"):
        if not first:
            cursor.space()
        first = False
        cursor.atom()
        cursor.space()
        cursor.modseq()
    return root
