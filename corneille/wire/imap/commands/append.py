"""APPEND (RFC 9051 §6.3.12), with MULTIAPPEND (RFC 3502) and UTF8 (RFC 6855 §4)."""

from dataclasses import dataclass, field
from datetime import datetime

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

MAX_MESSAGES = 1000
"""Announced as SAVELIMIT (RFC 9738 §3), and no less than that asks for."""


class TooManyMessages(SyntaxRefused):
    """More messages in one APPEND than are announced: NO [MESSAGELIMIT], and none is filed (RFC 9738 §3.1)."""

    code = f"MESSAGELIMIT {MAX_MESSAGES}"
    is_bad = False


@dataclass(frozen=True, slots=True)
class Appended:
    content: bytes = field(repr=False)
    flags: tuple[str, ...] = ()
    received_at: datetime | None = None
    is_binary: bool = False  # came in a literal8, which may hold NUL


@dataclass(frozen=True, slots=True)
class Append:
    mailbox: str
    messages: tuple[Appended, ...]


def parse(cursor: Cursor) -> Append:
    cursor.space()
    mailbox = cursor.mailbox()
    messages: list[Appended] = []
    while not messages or not cursor.is_end:
        cursor.space()
        messages.append(parse_message(cursor))
        if len(messages) > MAX_MESSAGES:
            raise TooManyMessages(f"APPEND takes {MAX_MESSAGES} messages at most")
    return Append(mailbox, tuple(messages))


def parse_message(cursor: Cursor) -> Appended:
    """Flags, date and octets of one message."""
    flags: tuple[str, ...] = ()
    received_at = None
    if cursor.peek(b"("):
        flags = cursor.flag_list()
        cursor.space()
    if cursor.peek(b'"'):
        received_at = cursor.date_time()
        cursor.space()
    if cursor.take_word(b"UTF8"):
        cursor.space()
        cursor.expect(b"(")
        content = cursor.literal(binary=True)
        if content is None:
            raise SyntaxRefused("UTF8 takes a literal8")
        cursor.expect(b")")
        return Appended(content, flags, received_at, is_binary=True)
    is_binary = cursor.peek(b"~")
    content = cursor.literal(binary=True)
    if content is None:
        raise SyntaxRefused("the message is a literal")
    return Appended(content, flags, received_at, is_binary)
