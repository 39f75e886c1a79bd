"""RENAME (RFC 9051 §6.3.6)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Rename:
    mailbox: str
    new_name: str


def parse(cursor: Cursor) -> Rename:
    cursor.space()
    mailbox = cursor.mailbox()
    cursor.space()
    return Rename(mailbox, cursor.mailbox())
