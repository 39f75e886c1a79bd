"""COPY and MOVE, by number or UID (RFC 9051 §6.4.7, §6.4.8)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.sequence_set import SequenceSet


@dataclass(frozen=True, slots=True)
class Copy:
    numbers: SequenceSet
    mailbox: str


def parse(cursor: Cursor) -> Copy:
    cursor.space()
    numbers = cursor.sequence_set()
    cursor.space()
    return Copy(numbers, cursor.mailbox())
