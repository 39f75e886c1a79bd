"""One message opened: its octets and its parts; also a message that travels inside another one.

`inside` in addresses names the way to a message within: section paths joined by "-", outermost first.
"""

import re
from dataclasses import dataclass

from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.mail.fetch import get_message, read_content
from corneille.mail.values import MailAccount, Summary
from corneille.wire.mime.header import Headers, parse_headers
from corneille.wire.mime.scan import Part, scan, walk
from corneille.wire.mime.section import decode_body

_INSIDE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,99}(?:-[0-9]{1,4}(?:\.[0-9]{1,4}){0,99}){0,9}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A message as pages read it; for one inside another, `content` and `root` are the inner message's."""

    summary: Summary
    content: bytes
    root: Part
    headers: Headers
    inside: str

    def find(self, path: str) -> Part:
        """The part at a section path. Raises Gone."""
        for each, part in walk(self.root):
            if each == path:
                return part
        raise Gone(path=path)


def open_message(account: MailAccount, message: MessageId, inside: str = "") -> Opened:
    """Reads a message, or the message at `inside` within it. Raises Gone when there is none."""
    summary = get_message(account, message)
    content = read_content(account, message)
    root = scan(content)
    if inside:
        if _INSIDE.fullmatch(inside) is None:
            raise Gone(inside=inside[:50])
        for path in inside.split("-"):
            content = _read_inner(content, root, path)
            root = scan(content)
    return Opened(summary, content, root, parse_headers(content, root), inside)


def _read_inner(content: bytes, root: Part, path: str) -> bytes:
    for each, part in walk(root):
        if each == path and part.type == "message" and part.subtype in {"rfc822", "global"}:
            return decode_body(content, part)
    raise Gone(path=path)
