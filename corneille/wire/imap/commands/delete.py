"""DELETE (RFC 9051 §6.3.5)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Delete:
    mailbox: str


def parse(cursor: Cursor) -> Delete:
    cursor.space()
    return Delete(cursor.mailbox())
