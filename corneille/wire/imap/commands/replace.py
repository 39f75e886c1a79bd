"""REPLACE and UID REPLACE (RFC 8508 §3): APPEND in the place of one message."""

from dataclasses import dataclass

from corneille.wire.imap.commands.append import Appended, parse_message
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.sequence_set import SequenceSet
from corneille.wire.imap.syntax import SyntaxRefused


@dataclass(frozen=True, slots=True)
class Replace:
    number: SequenceSet  # of one message
    mailbox: str
    message: Appended


def parse(cursor: Cursor) -> Replace:
    cursor.space()
    number = cursor.sequence_set()
    if number.is_saved or len(number.ranges) != 1 or number.ranges[0][0] != number.ranges[0][1]:
        raise SyntaxRefused("REPLACE takes one message")
    cursor.space()
    mailbox = cursor.mailbox()
    cursor.space()
    return Replace(number, mailbox, parse_message(cursor))
