"""AUTHENTICATE (RFC 9051 §6.2.2), with an initial response (SASL-IR, RFC 4959)."""

import re
from dataclasses import dataclass, field

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

_RESPONSE = re.compile(rb"[^\x00-\x20\x7f]+")


@dataclass(frozen=True, slots=True)
class Authenticate:
    mechanism: str
    initial: bytes | None = field(default=None, repr=False)  # as sent: Base64, or "="


def parse(cursor: Cursor) -> Authenticate:
    cursor.space()
    mechanism = cursor.word()
    if not cursor.take(b" "):
        return Authenticate(mechanism)
    initial = cursor.rest()
    if not _RESPONSE.fullmatch(initial):
        raise SyntaxRefused("the initial response is Base64")
    return Authenticate(mechanism, initial)
