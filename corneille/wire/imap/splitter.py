"""Frames of the client's octets: one command is texts with literals between them. Nothing is parsed here.

The owner feeds octets and asks for events. A literal is announced before it is received, so that the owner refuses
it before a synchronising client sends it; one that is not synchronising and is refused (RFC 7888 §4) is read and
forgotten, with the rest of its command, so that no octet of it is ever taken for a command.

Line ends: CRLF; a bare LF ends a line too (people type); NUL in a line breaks the command.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

_LITERAL = re.compile(rb"(~?)\{([0-9]+)(\+?)\}\Z")
_LONGEST_MARKER_BYTES = 64
_HUGE_BYTES = 10**20


@dataclass(frozen=True, slots=True)
class Frame:
    """One command: `texts[0] literals[0] texts[1] …`; each text but the last still ends with its `{n}` marker."""

    texts: tuple[bytes, ...]
    literals: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class LiteralAsked:
    """A literal is announced; the owner says `accept` or `refuse` before asking for the next event."""

    head: bytes  # the command's first text
    size_bytes: int
    total_bytes: int  # this literal and those of the same command before it
    synchronising: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A command that cannot be framed; the rest of it is being forgotten."""

    head: bytes
    why: str  # "too-long", "nul"


@dataclass(frozen=True, slots=True)
class Flooded:
    """More is being thrown away than any mistake explains: nothing is left but to close."""


@dataclass(frozen=True, slots=True)
class Line:
    """A raw line, in `lines` mode (IDLE's DONE, AUTHENTICATE's responses)."""

    raw: bytes


Event: TypeAlias = Frame | LiteralAsked | Broken | Flooded | Line


class Splitter:
    """Turns octets into events; `lines` makes each line an event of its own.

    line_bytes     the longest command, its literals not counted
    discard_bytes  how much of a refused command is read and forgotten before Flooded
    """

    __slots__ = (
        "_asked", "_buffer", "_discarded", "_discarding", "_flooded", "_literal", "_literals", "_need", "_scanned",
        "_skip", "_text_bytes", "_texts", "_total_bytes", "discard_bytes", "line_bytes", "lines",
    )

    def __init__(self, line_bytes: int, discard_bytes: int) -> None:
        self.line_bytes, self.discard_bytes = line_bytes, discard_bytes
        self.lines = False
        self._buffer = bytearray()
        self._flooded = False
        self._texts: list[bytes] = []
        self._literals: list[bytes] = []
        self._literal = BytesIO()  # which gives its octets away: a bytearray's would have to be copied, and lie there twice
        self._asked: LiteralAsked | None = None
        self._need = -1  # octets of a literal still to come; -1 outside one
        self._text_bytes = self._total_bytes = self._scanned = self._discarded = self._skip = 0
        self._discarding = False

    def feed(self, data: bytes) -> None:
        """Takes octets as they came."""
        self._buffer += data

    @property
    def buffered_bytes(self) -> int:
        """Octets received and in no event yet."""
        return len(self._buffer)

    @property
    def is_receiving(self) -> bool:
        """True in the middle of a literal or of a command being forgotten: what is buffered goes at once."""
        return self._need > 0 or self._discarding

    def clear(self) -> None:
        """Forgets everything received and not acted upon (RFC 9051 §11.1: after STARTTLS)."""
        self._buffer.clear()
        self._reset()

    def accept(self) -> None:
        """Receives the literal that was asked for."""
        assert self._asked is not None
        self._need, self._asked = self._asked.size_bytes, None
        self._literal = BytesIO()

    def refuse(self) -> None:
        """Forgets the command; a literal that comes anyway is read and forgotten, with what follows it."""
        assert self._asked is not None
        asked = self._asked
        self._reset()
        if not asked.synchronising:
            self._discarding, self._skip = True, asked.size_bytes

    def next(self) -> Event | None:
        """The next event, or None when more octets are needed."""
        assert self._asked is None, "accept or refuse first"
        if self._flooded:
            return None
        if self._discarding and not self._discard():
            return self._flood()
        if self._discarding:
            return None
        if self._need >= 0 and not self._receive():
            return None
        return self._line()

    def _line(self) -> Event | None:
        end = self._buffer.find(b"\n", self._scanned)
        if end < 0:
            self._scanned = len(self._buffer)
            if self._text_bytes + self._scanned > self.line_bytes:
                return self._break("too-long")
            return None
        text = bytes(self._buffer[: end - 1 if end and self._buffer[end - 1] == 0x0D else end])
        if self._text_bytes + len(text) > self.line_bytes:
            return self._break("too-long")
        if b"\0" in text:
            return self._break("nul")
        del self._buffer[: end + 1]
        self._scanned = 0
        if self.lines:
            return Line(text)
        self._text_bytes += len(text)
        self._texts.append(text)
        marker = _LITERAL.search(text[-_LONGEST_MARKER_BYTES:]) if text.endswith(b"}") else None
        if marker is None:
            frame = Frame(tuple(self._texts), tuple(self._literals))
            self._reset()
            return frame
        size = _size(marker)
        self._total_bytes += size
        self._asked = asked = LiteralAsked(self._texts[0], size, self._total_bytes, not marker[3])
        return asked

    def _receive(self) -> bool:
        part = self._buffer[: self._need]
        del self._buffer[: self._need]
        self._literal.write(part)
        self._need -= len(part)
        if self._need:
            return False
        self._literals.append(self._literal.getvalue())
        self._literal = BytesIO()
        self._need = -1
        return True

    def _break(self, why: str) -> Broken:
        head = self._texts[0] if self._texts else bytes(self._buffer[:256])
        self._reset()
        self._discarding = True
        return Broken(head, why)

    def _discard(self) -> bool:
        """Forgets up to the command's end, literals that do not wait included; false when it is too much."""
        while self._buffer:
            skipped = min(self._skip, len(self._buffer))
            if skipped:
                del self._buffer[:skipped]
                self._skip -= skipped
                self._discarded += skipped
                continue
            end = self._buffer.find(b"\n")
            if end < 0:
                # The end of a line may be a marker, so the last octets stay until more come.
                gone = max(0, len(self._buffer) - _LONGEST_MARKER_BYTES)
                del self._buffer[:gone]
                self._discarded += gone
                break
            tail = bytes(self._buffer[max(0, end - _LONGEST_MARKER_BYTES) : end]).rstrip(b"\r")
            del self._buffer[: end + 1]
            self._discarded += end + 1
            marker = None if self.lines else _LITERAL.search(tail)
            if marker is None or not marker[3]:
                self._reset()
                break
            self._skip = _size(marker)
        return self._discarded + self._skip <= self.discard_bytes

    def _flood(self) -> Flooded:
        self.clear()
        self._flooded = True
        return Flooded()

    def _reset(self) -> None:
        self._texts = []
        self._literals = []
        self._literal = BytesIO()
        self._asked = None
        self._need = -1
        self._text_bytes = self._total_bytes = self._scanned = self._discarded = self._skip = 0
        self._discarding = False


def _size(marker: "re.Match[bytes]") -> int:
    """What a marker announces; so many digits that int() would balk are simply too many octets."""
    return int(marker[2]) if len(marker[2]) <= 20 else _HUGE_BYTES
