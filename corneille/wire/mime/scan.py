"""The scanner: one pass over a message's bytes, a tree of spans out of it.

Any bytes give a tree. Time is linear in the length: every search starts where the one before ended, and the number of
open boundaries is bounded. Boundaries are recognised as Dovecot does, because its structure is what clients know:
a line that begins with "--" and an open boundary belongs to it, the longest one if several fit, even of an outer part.
"""

import re
from typing import NamedTuple

from corneille.wire.mime.field import read_fields
from corneille.wire.mime.parameter import split_value
from corneille.wire.mime.part import Part, walk

__all__ = ["MAX_DEPTH", "MAX_PARTS", "Part", "scan", "walk"]

MAX_DEPTH = 99
"""Multiparts and messages inside one another; what is deeper is one opaque body. As Dovecot, which counts the root."""
MAX_PARTS = 10_000
"""Parts in a message; the last one keeps all that follows. Dovecot's limit too."""
MAX_NEAR_MISSES = 100_000
"""Lines that begin as open boundaries do and are none, after which a boundary must be the whole line: so that what an
enemy writes costs no more than other text."""
MAX_BOUNDARY = 1000
"""Octets of a boundary that are looked at; RFC 2046 §5.1.1 allows 70."""

_TYPE = re.compile(rb"([^\s()<>@,;:\\\"/\[\]?=]+)[ \t]*/[ \t]*([^\s()<>@,;:\\\"/\[\]?=]+)\Z")
_EMPTY_LINE = re.compile(rb"\n\r?\n")


class _Hit(NamedTuple):
    """A boundary line of an open multipart."""

    line_start: int
    next_line: int
    owner: Part
    is_last: bool  # "--" follows the boundary, or nothing at all


def scan(content: bytes) -> Part:
    """Reads the structure of one message. Never raises; see the module's head for limits."""
    return _Scanner(content).read_message()


class _Scanner:
    __slots__ = ("content", "empty_line", "exact", "misses", "open", "owners", "part_count", "prefix", "starts")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.open: list[bytes] = []  # b"--" + boundary, outermost first
        self.owners: list[Part] = []
        self.prefix = b"\n--"  # what every boundary line of the open multiparts begins with, line end before included
        self.starts: tuple[bytes, ...] = ()
        self.exact: dict[bytes, Part] = {}
        self.part_count = 0
        self.misses = 0
        self.empty_line: tuple[int, int] = (-1, -1)  # where the next "\n\n" was last seen

    def read_message(self) -> Part:
        root, _ = self.read_part(0, 0, in_digest=False)
        return root

    def read_part(self, start: int, depth: int, *, in_digest: bool) -> tuple[Part, _Hit | None]:
        """One header and body from the line at `start`, and the boundary line that ended it (None: the end)."""
        self.part_count += 1
        part = self.read_header(start, depth)
        boundary = _set_type(part, in_digest=in_digest)
        hit: _Hit | None
        if depth >= MAX_DEPTH and (boundary is not None or part.type == "message"):
            _make_opaque(part)
            hit = self.find_hit(part.body_start)
            self.end_body(part, hit)
        elif boundary is not None:
            hit = self.read_children(part, b"--" + boundary[:MAX_BOUNDARY])
        elif part.type == "message" and part.subtype in ("rfc822", "global"):
            part.message, hit = self.read_part(part.body_start, depth + 1, in_digest=False)
            part.body_end = part.message.body_end
        else:
            hit = self.find_hit(part.body_start)
            self.end_body(part, hit)
        if part.type == "text" or part.message is not None:
            part.line_count = self.content.count(b"\n", part.body_start, part.body_end)
        return part, hit

    def read_header(self, start: int, depth: int) -> Part:
        content = self.content
        if content.startswith((b"\n", b"\r\n"), start):
            header_end = start
            body_start = content.index(b"\n", start) + 1
        else:
            header_end, body_start = self.find_empty_line(start)
        # No slice is searched: ten thousand parts without an empty line would each copy all that follows.
        if self.open and (content.startswith(b"--", start) or content.find(b"\n--", start, header_end) >= 0):
            hit = self.find_hit(start)
            if hit is not None and hit.line_start < header_end:
                header_end = body_start = hit.line_start
        return Part(start, header_end, body_start, read_fields(content[start:header_end]), depth)

    def find_empty_line(self, start: int) -> tuple[int, int]:
        """The end of the last header line and the start of the body; each octet is searched once in a message."""
        line_end, after = self.empty_line
        if line_end < start:
            found = _EMPTY_LINE.search(self.content, start)
            length = len(self.content)
            line_end, after = (found.start() + 1, found.end()) if found else (length, length)
            self.empty_line = line_end, after
        return line_end, after

    def read_children(self, part: Part, boundary: bytes) -> _Hit | None:
        self.push(boundary, part)
        in_digest = part.subtype == "digest"
        children: list[Part] = []
        hit = self.find_hit(part.body_start)
        while hit is not None and hit.owner is part and not hit.is_last:
            child, hit = self.read_part(hit.next_line, part.depth + 1, in_digest=in_digest)
            children.append(child)
        self.pop()
        if hit is not None and hit.owner is part:
            hit = self.find_hit(hit.next_line)  # the epilogue, up to an outer boundary
        part.children = tuple(children)
        self.end_body(part, hit)
        if children:  # a header without an empty line keeps the line end before the boundary that cut it
            part.body_end = max(part.body_end, children[-1].body_end)
        return hit

    def end_body(self, part: Part, hit: _Hit | None) -> None:
        """The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1)."""
        if hit is None:
            part.body_end = len(self.content)
            return
        end = hit.line_start
        if end > part.body_start:
            end -= 1
            if end > part.body_start and self.content[end - 1] == 13:
                end -= 1
        part.body_end = end

    def push(self, boundary: bytes, owner: Part) -> None:
        self.open.append(boundary)
        self.owners.append(owner)
        self.prepare_search()

    def pop(self) -> None:
        self.open.pop()
        self.owners.pop()
        self.prepare_search()

    def prepare_search(self) -> None:
        self.starts = tuple(self.open)
        self.exact = dict(zip(self.open, self.owners, strict=True))
        if self.open:
            low, high = min(self.open), max(self.open)
            length = 0
            while length < len(low) and low[length] == high[length]:  # low is no longer than high if it is its start
                length += 1
            self.prefix = b"\n" + low[:length]

    def find_hit(self, start: int) -> _Hit | None:
        """The first boundary line at or after `start`, which is the start of a line."""
        if not self.open or self.part_count >= MAX_PARTS:
            return None
        content, prefix = self.content, self.prefix
        if start == 0:
            place = 0 if content.startswith(prefix[1:]) else content.find(prefix) + 1
            if place == 0 and not content.startswith(prefix[1:]):
                return None
        else:
            place = content.find(prefix, start - 1) + 1
        while place > 0 or (start == 0 and place == 0):
            line_end = content.find(b"\n", place)
            is_cut = line_end < 0
            if is_cut:
                line_end = len(content)
            line = content[place:line_end]
            if line.endswith(b"\r"):
                line = line[:-1]
            owner, length = self.match(line)
            if owner is not None:
                return _Hit(place, min(line_end + 1, len(content)), owner, is_cut or line.startswith(b"--", length))
            start = 1
            place = content.find(prefix, line_end) + 1
        return None

    def match(self, line: bytes) -> tuple[Part | None, int]:
        """Whose boundary the line begins with: the longest, the innermost of equals, an exact one before all."""
        if not line.startswith(self.starts) or self.misses > MAX_NEAR_MISSES:
            return self.match_exactly(line)
        best, length = None, -1
        ends_in_dashes = line.endswith(b"--")
        for boundary, owner in zip(reversed(self.open), reversed(self.owners), strict=True):
            if len(boundary) > length and line.startswith(boundary):
                best, length = owner, len(boundary)
                if length == len(line) or (ends_in_dashes and length == len(line) - 2):
                    break
        return best, length

    def match_exactly(self, line: bytes) -> tuple[Part | None, int]:
        self.misses += 1
        owner = self.exact.get(line)
        if owner is None and line.endswith(b"--"):
            owner = self.exact.get(line[:-2])
            return owner, len(line) - 2
        return owner, len(line)


def _set_type(part: Part, *, in_digest: bool) -> bytes | None:
    """Fills type, subtype and parameters; returns the boundary of a multipart that has one."""
    raw = part.fields.get(b"content-type")
    found = None
    if raw is not None:
        word, parameters = split_value(raw)
        found = _TYPE.match(word)
    if found is None:
        if in_digest and raw is None:
            part.set_type(b"message", b"rfc822", [])  # RFC 2046 §5.1.5
        return None  # no type, or one that cannot be read: text/plain (RFC 2045 §5.2)
    raw_type, raw_subtype = found.groups()
    boundary = None
    if raw_type.lower() == b"multipart":
        boundary = next((value for name, value in parameters if name.lower() == b"boundary"), None)
        if not boundary:
            return None  # a multipart that does not say how it is divided cannot be read either
        part.is_multipart = True
    part.set_type(raw_type, raw_subtype, parameters)
    return boundary


def _make_opaque(part: Part) -> None:
    part.is_multipart = False
    part.set_type(b"application", b"octet-stream", list(part.raw_parameters))
