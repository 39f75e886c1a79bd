"""The header fields of a message as byte spans: counted, found, taken out; never parsed further, never
raising."""

from collections.abc import Iterator
from dataclasses import dataclass

HEADER_BYTES = 1024 * 1024
"""Fields beyond this are not looked at."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` in lower case, its octets at [start, end) with the line end, `value` after the
    colon."""

    name: bytes
    start: int
    end: int
    value: bytes


def list_fields(content: bytes) -> Iterator[Field]:
    """The fields in order, continuation lines included, until the empty line or the first line that is no
    field."""
    at = 0
    limit = min(len(content), HEADER_BYTES)
    while at < limit:
        end = _end_of_line(content, at)
        while end < limit and content[end : end + 1] in (b" ", b"\t"):
            end = _end_of_line(content, end)
        name, colon, value = content[at:end].partition(b":")
        name = name.rstrip(b" \t").lower()
        if not colon or not name or any(byte <= 32 or byte >= 127 for byte in name):
            return
        yield Field(name, at, end, value)
        at = end


def count_fields(content: bytes, name: bytes) -> int:
    return sum(1 for field in list_fields(content) if field.name == name)


def drop_fields(content: bytes, names: frozenset[bytes]) -> bytes:
    """The content without these fields, all else byte for byte."""
    kept = []
    at = 0
    for field in list_fields(content):
        if field.name in names:
            kept.append(content[at : field.start])
            at = field.end
    return b"".join([*kept, content[at:]]) if at else content


def _end_of_line(content: bytes, at: int) -> int:
    found = content.find(b"\n", at)
    return len(content) if found < 0 else found + 1
