"""Replies (RFC 5321 §4.2) with enhanced status codes (RFC 2034, RFC 3463), both ways."""

import re
from dataclasses import dataclass

LINE_BYTES = 512
"""Longest reply line, CR LF included (RFC 5321 §4.5.3.1.5)."""
REPLY_LINES = 200
"""Lines of one reply that a client reads before it takes the server for broken."""

_LINE = re.compile(rb"([2-5][0-9]{2})([ -]?)(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3}) +")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of one or more lines; `enhanced` ("5.1.1") stands before each line's text when it is
    there."""

    code: int
    enhanced: str | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(line for line in self.lines if line)

    @property
    def is_positive(self) -> bool:
        return self.code < 400

    @property
    def is_temporary(self) -> bool:
        return 400 <= self.code < 500

    @property
    def is_permanent(self) -> bool:
        return self.code >= 500


def reply(code: int, enhanced: str | None, *lines: str) -> Reply:
    return Reply(code, enhanced, lines or ("",))


def format_reply(said: Reply) -> bytes:
    """The reply's bytes. Nothing a client sent can add a line: control characters become "?"."""
    written = []
    last = len(said.lines) - 1
    for number, line in enumerate(said.lines):
        text = f"{said.enhanced} {line}" if said.enhanced else line
        raw = _CONTROL.sub("?", text).encode("utf-8", "replace")[: LINE_BYTES - 6]
        written.append(b"%d%s%s\r\n" % (said.code, b" " if number == last else b"-", raw))
    return b"".join(written)


class BrokenReply(Exception):
    """The server's reply is not one (RFC 5321 §4.2): the connection is of no more use."""


class ReplyReader:
    """Takes bytes as they come and gives whole replies; what it holds is bounded."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._lines: list[str] = []
        self._code = b""

    def feed(self, chunk: bytes) -> None:
        self._buffer += chunk

    def next(self) -> Reply | None:
        """The next reply, or None until more is fed. Raises BrokenReply."""
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end]).rstrip(b"\r")
            del self._buffer[: end + 1]
            if self._take(line):
                return self._finish()
        if len(self._buffer) > LINE_BYTES * 8:
            raise BrokenReply("a line without end")
        return None

    def _take(self, line: bytes) -> bool:
        found = _LINE.fullmatch(line)
        if found is None or (self._code and found[1] != self._code):
            raise BrokenReply(f"not a reply: {line[:80]!r}")
        if len(self._lines) >= REPLY_LINES:
            raise BrokenReply("a reply without end")
        self._code = found[1]
        self._lines.append(found[3].decode("utf-8", "replace"))
        return found[2] != b"-"

    def _finish(self) -> Reply:
        lines, code = self._lines, int(self._code)
        self._lines, self._code = [], b""
        found = _ENHANCED.match(lines[0])
        if found is None or not found[1].startswith(str(code)[0]):
            return Reply(code, None, tuple(lines))
        return Reply(code, found[1], tuple(_ENHANCED.sub("", line, count=1) for line in lines))
