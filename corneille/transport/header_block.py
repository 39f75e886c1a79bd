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
    """The fields in order, continuation lines included, until the empty line.

    A line that is no field is passed over, as readers do: what stands after it is shown to people.
    """
    at = 0
    limit = min(len(content), HEADER_BYTES)
    while at < limit:
        end = _end_of_line(content, at)
        if content[at:end] in (b"\r\n", b"\n"):
            return
        while end < limit and content[end : end + 1] in (b" ", b"\t"):
            end = _end_of_line(content, end)
        name, colon, value = content[at:end].partition(b":")
        name = name.rstrip(b" \t").lower()
        if colon and name and all(32 < byte < 127 for byte in name):
            yield Field(name, at, end, value)
        at = end


def is_header_bounded(content: bytes) -> bool:
    """Tells whether all the fields stand where `list_fields` looks."""
    looked_at = content[:HEADER_BYTES]
    return len(content) <= HEADER_BYTES or b"\n\r\n" in looked_at or b"\n\n" in looked_at


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
