"""FETCH's data items that take the message's octets: BODY[…], RFC822…, BINARY[…]."""

from collections.abc import Sequence

from corneille.doors.imap.replies import No
from corneille.wire.imap.commands.fetch import BinaryItem, BodyItem
from corneille.wire.mime.part import Part
from corneille.wire.mime.scan import scan
from corneille.wire.mime.section import Of, Section, decode_body, find_part, read_section

ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue"})


def format_contents(items: Sequence[BodyItem | BinaryItem], content: bytes) -> list[bytes]:
    """The items in order, a space before each. Raises No for an encoding that is nobody's (BINARY).

    returns  what is to be said, octets of the message by themselves: to join fifty megabytes takes as long as to read them
    """
    root: Part | None = None
    pieces: list[bytes] = []
    for item in items:
        if root is None and not _is_whole(item):
            root = scan(content)
        if isinstance(item, BodyItem):
            pieces += _format_body(item, content, root)
        else:
            pieces += _format_binary(item, content, root)
    return pieces


def find_piece(items: Sequence[BodyItem | BinaryItem]) -> tuple[int, int] | None:
    """What alone is asked of the message's octets, as programs do that take a large one piece by piece."""
    match items:
        case (BodyItem() as item,) if _is_whole(item):
            return item.partial
        case _:
            return None


def format_piece(item: BodyItem | BinaryItem, start: int, octets: bytes) -> list[bytes]:
    """The item whose octets are that piece, a space before it."""
    assert isinstance(item, BodyItem), "no other is a piece of the message as it came"
    return [b" %b<%d> " % (item.label, start), *_split_literal(octets)]


def _is_whole(item: BodyItem | BinaryItem) -> bool:
    return not item.path if isinstance(item, BinaryItem) else not item.section.path and not item.section.text


def _split_literal(raw: bytes | None) -> list[bytes]:
    return [b"NIL"] if raw is None else [b"{%d}\r\n" % len(raw), raw]


def _format_body(item: BodyItem, content: bytes, root: Part | None) -> list[bytes]:
    if root is None or _is_whole(item):
        raw: bytes | None = content
    else:
        asked = item.section
        names = tuple(field.encode() for field in asked.fields)
        raw = read_section(content, root, Section(asked.path, Of(asked.text), names))
    origin = b""
    if item.partial is not None:
        start, count = item.partial
        origin = b"<%d>" % start
        raw = raw if raw is None else raw[start : start + count]
    # NUL goes as it is: octets come back as they came (departs from RFC 9051 §4.3, which has no word for them).
    return [b" %b%b " % (item.label, origin), *_split_literal(raw)]


def _format_binary(item: BinaryItem, content: bytes, root: Part | None) -> list[bytes]:
    name = b"BINARY.SIZE" if item.is_size else b"BINARY"
    label = b" %b[%b]" % (name, b".".join(b"%d" % number for number in item.path))
    raw = _decode(item, content, root)
    if item.is_size:
        return [b"%b %d" % (label, len(raw or b""))]
    if item.partial is not None:
        start, count = item.partial
        label += b"<%d>" % start
        raw = raw if raw is None else raw[start : start + count]
    is_literal8 = raw is not None and b"\0" in raw
    return [label + (b" ~" if is_literal8 else b" "), *_split_literal(raw)]


def _decode(item: BinaryItem, content: bytes, root: Part | None) -> bytes | None:
    if root is None or not item.path:
        return content
    part = find_part(root, item.path)
    if part is None:
        return None
    if part.is_multipart:
        return content[part.body_start : part.body_end]
    if part.encoding.lower() not in ENCODINGS:
        raise No("The part's transfer encoding is not known", "UNKNOWN-CTE")
    return decode_body(content, part)
