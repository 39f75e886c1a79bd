"""A message's words: for reading, for search, for the two lines under a subject."""

import re
from html import unescape

from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.charset import decode_bytes
from corneille.wire.mime.part import Part, walk
from corneille.wire.mime.section import decode_body
from corneille.wire.mime.transfer import decode_transfer

PREVIEW_CHARACTERS = 200  # RFC 8970 §3.1
_PREVIEW_BYTES = 32_768  # of a body, encoded: where a preview is looked for
_START_CHARACTERS = 2000  # of a body, decoded: where a preview is found nearly always; spaces cost a look at each
_INVISIBLE = re.compile("[\\0\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")  # marketing pads previews with these
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|head|template)\b(?:(?!</\1\b).)*+(?:</\1[^>]*+>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(
    r"</?(?:p|div|br|tr|td|th|li|ul|ol|h[1-6]|table|blockquote|hr|pre|section|article)\b[^<>]*+>", re.IGNORECASE
)
_TAG = re.compile(r"<[/!?A-Za-z][^<>]*+(?:>|(?=<)|\Z)")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def decode_text(content: bytes, part: Part) -> str:
    """A text part's characters, line ends as they are; an HTML part that names no charset outside may name one inside."""
    return _decode(decode_body(content, part), part)


def extract_text(content: bytes, root: Part, limit_bytes: int) -> str:
    """The words of every text part, messages inside included, parts divided by a newline; a report or a piece of a
    message (message/delivery-status, message/partial …) is text too.

    limit_bytes  of encoded bodies looked at, all parts together; the part that crosses it is cut there
    """
    texts: list[str] = []
    left = limit_bytes
    for _, part in walk(root):
        is_text = part.type == "text" or (part.type == "message" and part.message is None)
        if not is_text or part.children or left <= 0:
            continue
        raw = content[part.body_start : min(part.body_end, part.body_start + left)]
        left -= len(raw)
        text = _decode(decode_transfer(raw, part.encoding), part)
        texts.append(strip_html(text) if part.subtype == "html" else text)
    return "\n".join(texts)


def make_preview(content: bytes, root: Part) -> str:
    """The first words a reader would see, on one line, at most 200 characters; "" when there are none."""
    bodies = choose_bodies(content, root)
    for part in (bodies.plain, bodies.html):
        if part is None:
            continue
        raw = content[part.body_start : min(part.body_end, part.body_start + _PREVIEW_BYTES)]
        text = _decode(decode_transfer(raw, part.encoding), part)
        if part.subtype == "html":
            text = strip_html(text)
        line = _one_line(text)
        if line:
            return line if len(line) <= PREVIEW_CHARACTERS else line[: PREVIEW_CHARACTERS - 1].rstrip() + "…"
    return ""


def strip_html(text: str) -> str:
    """HTML's words without its tags, fast and in one pass: for search and previews, never for display."""
    text = _HIDDEN.sub(" ", text)
    text = _BREAK.sub("\n", text)
    return unescape(_TAG.sub("", text))


def _decode(raw: bytes, part: Part) -> str:
    charset = part.parameters.get("charset", "")
    if not charset and part.subtype == "html":
        found = _META_CHARSET.search(raw, 0, 2048)
        if found is not None:
            charset = found[1].decode("ascii")
    return decode_bytes(raw, charset)


def _one_line(text: str) -> str:
    """What is no quotation, or all when nothing else is there, on one line; of a long text the beginning may be enough."""
    start = _join_lines(_QUOTED_LINE.sub("", text[:_START_CHARACTERS]))
    if len(start) > PREVIEW_CHARACTERS:
        return start
    return _join_lines(_QUOTED_LINE.sub("", text)) or _join_lines(text)


def _join_lines(text: str) -> str:
    return " ".join(_INVISIBLE.sub(" ", text).split())
