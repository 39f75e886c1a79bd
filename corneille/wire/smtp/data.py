"""The content that follows DATA (RFC 5321 §4.1.1.4, §4.5.2): dots put in and taken out.

Only CR LF "." CR LF ends a content. A content that holds a bare CR or a bare LF is refused as a whole and
its bytes are dropped, rather than mended: whoever relayed it to us may have seen two messages where we see
one (RFC 5321 §2.3.8), and what we keep must be, byte for byte, what was sent.
"""

from dataclasses import dataclass
from enum import Enum

END = b"\r\n.\r\n"
_PARTS = tuple(END[:length] for length in range(4, 0, -1))


class DataFault(Enum):
    """Why a content, read to its end, is not kept."""

    TOO_LARGE = "too-large"
    BARE_LINE_END = "bare-line-end"


@dataclass(frozen=True, slots=True)
class Data:
    """A whole content: its octets without the transparency dots, each line ended by CR LF; or its fault."""

    content: bytes
    fault: DataFault | None = None


class DataDecoder:
    """Takes bytes as they come and gives the content when its end has come; keeps at most `limit_bytes`."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        # The CR LF of the DATA line itself may open the end (an empty content is "." CR LF): put it there
        # to be found.
        self._carry = b"\r\n"
        self._parts: list[bytes] = []
        self._size_bytes = -2  # that CR LF does not count
        self._has_bare_line_end = False
        self.rest = b""
        """What was fed after the end: the commands that follow."""

    def feed(self, chunk: bytes) -> Data | None:
        """Gives the content once its end is reached, None until then. Linear in what is fed, however it is
        cut."""
        text = self._carry + chunk
        end = text.find(END)
        if end >= 0:
            self._keep(text[: end + 2])
            self.rest = text[end + len(END) :]
            return self._finish()
        carried = next((len(part) for part in _PARTS if text.endswith(part)), 0)
        cut = len(text) - carried
        self._keep(text[:cut])
        self._carry = text[cut:]
        return None

    def discard(self) -> None:
        """Keeps nothing from here on; the end is still found, and the fault is TOO_LARGE."""
        self._limit_bytes = -3
        self._parts.clear()

    def _keep(self, block: bytes) -> None:
        """Keeps a block that starts and ends outside of any CR LF "."."""
        pairs = block.count(b"\r\n")
        if pairs != block.count(b"\n") or pairs != block.count(b"\r"):
            self._has_bare_line_end = True
        block = block.replace(b"\r\n.", b"\r\n")
        self._size_bytes += len(block)
        if self._size_bytes > self._limit_bytes or self._has_bare_line_end:
            self._parts.clear()
        else:
            self._parts.append(block)

    def _finish(self) -> Data:
        if self._size_bytes > self._limit_bytes:
            return Data(b"", DataFault.TOO_LARGE)
        if self._has_bare_line_end:
            return Data(b"", DataFault.BARE_LINE_END)
        return Data(b"".join(self._parts)[2:])


def format_data(content: bytes) -> bytes:
    """The content as it is sent after 354: dots doubled, ended by CR LF "." CR LF.

    content  every line ended by CR LF; a bare CR or LF is made CR LF here, because we must never send one
    """
    if content.count(b"\r\n") != content.count(b"\n") or content.count(b"\r\n") != content.count(b"\r"):
        content = normalise_line_ends(content)
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    if content.startswith(b"."):
        content = b"." + content
    return content.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def normalise_line_ends(content: bytes) -> bytes:
    """Every CR LF, bare CR and bare LF becomes one CR LF."""
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
