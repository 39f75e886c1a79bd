"""ENABLE (RFC 9051 §6.3.1)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Enable:
    names: tuple[str, ...]  # upper case


def parse(cursor: Cursor) -> Enable:
    names = []
    cursor.space()
    names.append(cursor.word())
    while cursor.take(b" "):
        names.append(cursor.word())
    return Enable(tuple(names))
