"""SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Subscribe:
    mailbox: str


def parse(cursor: Cursor) -> Subscribe:
    cursor.space()
    return Subscribe(cursor.mailbox())
