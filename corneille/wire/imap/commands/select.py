"""SELECT and EXAMINE (RFC 9051 §6.3.2), with CONDSTORE and QRESYNC (RFC 7162)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.sequence_set import SequenceSet
from corneille.wire.imap.syntax import SyntaxRefused


@dataclass(frozen=True, slots=True)
class Resync:
    """What the client knows (RFC 7162 §3.2.5)."""

    uid_validity: int
    modseq: int
    known_uids: SequenceSet | None = None
    sequence_match: tuple[SequenceSet, SequenceSet] | None = None


@dataclass(frozen=True, slots=True)
class Select:
    mailbox: str
    condstore: bool = False
    resync: Resync | None = None


def parse(cursor: Cursor) -> Select:
    cursor.space()
    mailbox = cursor.mailbox()
    condstore, resync = False, None
    if cursor.take(b" "):
        cursor.expect(b"(")
        while True:
            word = cursor.word()
            if word == "CONDSTORE":
                condstore = True
            elif word == "QRESYNC":
                cursor.space()
                resync = _parse_resync(cursor)
            else:
                raise SyntaxRefused("SELECT takes CONDSTORE or QRESYNC")
            if cursor.take(b")"):
                break
            cursor.space()
    return Select(mailbox, condstore, resync)


def _parse_resync(cursor: Cursor) -> Resync:
    cursor.expect(b"(")
    uid_validity = cursor.number()
    cursor.space()
    modseq = cursor.modseq()
    known, match = None, None
    if cursor.take(b" ("):
        match = _parse_match(cursor)
    elif cursor.take(b" "):
        known = cursor.sequence_set()
        if cursor.take(b" ("):
            match = _parse_match(cursor)
    cursor.expect(b")")
    if uid_validity == 0 or modseq == 0:
        raise SyntaxRefused("UIDVALIDITY and modification sequence are above 0")
    return Resync(uid_validity, modseq, known, match)


def _parse_match(cursor: Cursor) -> tuple[SequenceSet, SequenceSet]:
    numbers = cursor.sequence_set()
    cursor.space()
    uids = cursor.sequence_set()
    cursor.expect(b")")
    return numbers, uids
