"""CREATE (RFC 9051 §6.3.4), with a special use (RFC 6154 §3)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused


@dataclass(frozen=True, slots=True)
class Create:
    mailbox: str
    uses: tuple[str, ...] = ()


def parse(cursor: Cursor) -> Create:
    cursor.space()
    mailbox = cursor.mailbox()
    if not cursor.take(b" "):
        return Create(mailbox)
    cursor.expect(b"(")
    if cursor.word() != "USE":
        raise SyntaxRefused("CREATE takes USE")
    cursor.space()
    uses = cursor.flag_list()
    cursor.expect(b")")
    return Create(mailbox, uses)
