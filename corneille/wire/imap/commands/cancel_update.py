"""CANCELUPDATE (RFC 5267 §4.3.5)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class CancelUpdate:
    tags: tuple[str, ...]


def parse(cursor: Cursor) -> CancelUpdate:
    tags: list[str] = []
    while not tags or not cursor.is_end:
        cursor.space()
        tags.append(cursor.string().decode("ascii", "replace"))
    return CancelUpdate(tuple(tags))
