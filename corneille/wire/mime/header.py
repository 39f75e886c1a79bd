"""Whole header blocks and the readable form of their values."""

from collections.abc import Iterator
from datetime import datetime

from corneille.wire.mime.address import Address, parse_addresses
from corneille.wire.mime.date import parse_date
from corneille.wire.mime.encoded_word import decode_words
from corneille.wire.mime.field import unfold
from corneille.wire.mime.part import Part

__all__ = ["Address", "Headers", "decode_header", "parse_addresses", "parse_date", "parse_headers", "unfold"]


class Headers:
    """Every field of one header block, in the order of the message.

    lines  (name as written, whole raw lines of the field with their line ends); a line that is no field has name b""
    """

    __slots__ = ("_by_name", "lines")

    def __init__(self, block: bytes) -> None:
        self.lines: list[tuple[bytes, bytes]] = list(split_fields(block))
        self._by_name: dict[bytes, list[int]] | None = None

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """(name as written, unfolded value) of each line that is a field."""
        for place, (name, _) in enumerate(self.lines):
            if name:
                yield name, self._value(place)

    def get(self, name: str) -> bytes | None:
        """The value under this name, unfolded, white space at its ends removed; of several, the last (see `field`)."""
        places = self._places(name)
        return self._value(places[-1]) if places else None

    def all(self, name: str) -> list[bytes]:
        """Every value under this name, the topmost first."""
        return [self._value(place) for place in self._places(name)]

    def text(self, name: str) -> str:
        """The value decoded for people, "" when there is none."""
        raw = self.get(name)
        return decode_words(raw) if raw else ""

    def date(self, name: str = "date") -> datetime | None:
        raw = self.get(name)
        return parse_date(raw) if raw else None

    def _places(self, name: str) -> list[int]:
        if self._by_name is None:
            self._by_name = {}
            for place, (found, _) in enumerate(self.lines):
                self._by_name.setdefault(found.lower(), []).append(place)
        return self._by_name.get(name.lower().encode("latin-1", "replace"), []) if name else []

    def _value(self, place: int) -> bytes:
        raw = self.lines[place][1]
        return unfold(raw[raw.index(b":") + 1:])


def split_fields(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name as written, raw lines) of each field; continuation lines belong to the line before."""
    name = b""
    lines: list[bytes] = []
    for line in _lines(block):
        if line[:1] in (b" ", b"\t") and lines:
            lines.append(line)
            continue
        if lines:
            yield name, b"".join(lines)
        lines = [line]
        colon = line.find(b":")
        name = line[:colon].rstrip(b" \t") if colon > 0 else b""
    if lines:
        yield name, b"".join(lines)


def _lines(block: bytes) -> Iterator[bytes]:
    """Lines end at LF only: a bare CR is an octet like others."""
    place = 0
    while place < len(block):
        end = block.find(b"\n", place) + 1 or len(block)
        yield block[place:end]
        place = end


def parse_headers(content: bytes, part: Part) -> Headers:
    """The header block of a part or of a message's root."""
    return Headers(content[part.header_start:part.header_end])


def decode_header(raw: bytes) -> str:
    """A value for people: unfolded, RFC 2047 undone, raw UTF-8 (RFC 6532) or windows-1252 read; controls are spaces."""
    return decode_words(unfold(raw))
