"""EXPUNGE (RFC 9051 §6.4.3) and UID EXPUNGE (RFC 4315)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.sequence_set import SequenceSet


@dataclass(frozen=True, slots=True)
class Expunge:
    uids: SequenceSet | None = None


def parse(cursor: Cursor) -> Expunge:
    return Expunge()


def parse_uid(cursor: Cursor) -> Expunge:
    cursor.space()
    return Expunge(cursor.sequence_set())
