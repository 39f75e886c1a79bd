"""Splits a stream into command lines that end with CR LF and nothing else.

A line that ends otherwise, or holds a bare CR or a NUL, is never executed: RFC 5321 §2.3.8 forbids to take
a bare CR or LF for the end of a line, and two servers that disagree about it let one smuggle commands past
the other. All that stands before the next CR LF is refused, one fault for each piece, so that somebody who
types by hand sees why.
"""

from dataclasses import dataclass
from enum import Enum

COMMAND_BYTES = 2048
"""Longest command line, CR LF included. RFC 5321 §4.5.3.1.4 asks for 512 and extensions add to it: SIZE 26,
BODY 17, SMTPUTF8 10, AUTH= 500, RFC 3461 up to 600, and paths in UTF-8."""
AUTH_BYTES = 12288
"""Longest line of a SASL exchange (RFC 4954 §4)."""


class LineFault(Enum):
    """Why a line is not executed."""

    TOO_LONG = "too-long"
    BARE_LF = "bare-lf"
    BARE_CR = "bare-cr"
    NUL = "nul"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    fault: LineFault


class LineSplitter:
    """Takes bytes as they come and gives whole lines; holds at most one line and what was fed after it."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._is_tainted = False  # the line that is open has already been refused
        self._is_skipping = False  # it was too long: drop until its end

    def feed(self, chunk: bytes) -> None:
        self._buffer += chunk

    def take_rest(self) -> bytes:
        """Hands over what was fed after the last line: the beginning of a content."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        return rest

    def clear(self) -> None:
        """Forgets what was fed: after STARTTLS nothing said in clear counts (RFC 3207 §4.2)."""
        self._buffer.clear()
        self._is_tainted = self._is_skipping = False

    def next(self, limit_bytes: int = COMMAND_BYTES) -> bytes | RefusedLine | None:
        """The next line without its CR LF, or why it is refused, or None until more is fed."""
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[: end + 1])
            del self._buffer[: end + 1]
            if (outcome := self._judge(line, limit_bytes)) is not None:
                return outcome
        if len(self._buffer) > limit_bytes:
            return self._skip()
        return None

    def _judge(self, line: bytes, limit_bytes: int) -> bytes | RefusedLine | None:
        was_tainted, was_skipping = self._is_tainted, self._is_skipping
        is_whole = line.endswith(b"\r\n")
        self._is_tainted, self._is_skipping = not is_whole, False
        if was_skipping:
            return None  # its refusal has been told
        if len(line) > limit_bytes:
            return RefusedLine(LineFault.TOO_LONG)
        if not is_whole or was_tainted:
            return RefusedLine(LineFault.BARE_LF)
        if b"\r" in line[:-2]:
            return RefusedLine(LineFault.BARE_CR)
        if b"\0" in line:
            return RefusedLine(LineFault.NUL)
        return line[:-2]

    def _skip(self) -> RefusedLine | None:
        was_skipping = self._is_skipping
        keep = self._buffer.endswith(b"\r")
        self._buffer[:] = b"\r" if keep else b""
        self._is_skipping = True
        return None if was_skipping else RefusedLine(LineFault.TOO_LONG)
