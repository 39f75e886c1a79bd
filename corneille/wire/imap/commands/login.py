"""LOGIN (RFC 9051 §6.2.3)."""

from dataclasses import dataclass, field

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Login:
    identifier: str
    secret: str = field(repr=False)


def parse(cursor: Cursor) -> Login:
    cursor.space()
    identifier = cursor.text()
    cursor.space()
    return Login(identifier, cursor.text())
