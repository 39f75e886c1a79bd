"""Walks a segment past what is damaged in it."""

from collections.abc import Iterator
from pathlib import Path

from corneille.mail.store.record import HEADER, MAGIC, Damaged, check_note, parse_header
from corneille.mail.store.segment import Found, walk_segment


def walk_whole(path: Path) -> Iterator[Found | Damaged]:
    """Every record that can be read, also those after a damaged place; each such place is told where it is met."""
    start: int | None = None
    while True:
        end = 0 if start is None else start + 1  # a record that is cut short is not found again and again
        try:
            for found in walk_segment(path, start):
                end = found.record_offset + 1
                yield found
            return
        except Damaged as damage:
            yield damage
            start = _find_record(path, end)
            if start is None:
                return


def _find_record(path: Path, offset: int) -> int | None:
    """The offset of the next thing after `offset` that reads as a record's header, past damage."""
    window_bytes = 1024 * 1024
    with path.open("rb") as stream:
        while True:
            stream.seek(offset)
            window = stream.read(window_bytes)
            found = window.find(MAGIC)
            while found >= 0:
                stream.seek(offset + found)
                raw = stream.read(HEADER.size)
                try:
                    header = parse_header(raw)
                    check_note(header, raw, stream.read(header.note_bytes))
                    return offset + found
                except Damaged:
                    found = window.find(MAGIC, found + 1)
            if len(window) < window_bytes:
                return None
            offset += window_bytes - len(MAGIC) + 1
