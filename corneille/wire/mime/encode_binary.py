"""A message with binary parts, written so that every program can fetch it."""

import base64

from corneille.wire.mime.header import split_fields
from corneille.wire.mime.part import Part
from corneille.wire.mime.scan import scan, walk

_AS_THEY_ARE = frozenset({"7bit", "8bit", "binary"})
_ENCODING = b"content-transfer-encoding"


def encode_binary(content: bytes) -> bytes:
    """Gives base64 to each part that holds a NUL, which only BINARY could fetch (RFC 3516 §4.3); all else stays."""
    if b"\0" not in content:
        return content
    pieces: list[bytes] = []
    at = 0
    for part in sorted(_list_leaves(content), key=lambda each: each.header_start):
        fields = split_fields(content[part.header_start : part.header_end])
        pieces.append(content[at : part.header_start])
        pieces += [raw for name, raw in fields if name.lower() != _ENCODING]
        pieces.append(b"Content-Transfer-Encoding: base64\r\n\r\n")
        pieces.append(base64.encodebytes(content[part.body_start : part.body_end]).replace(b"\n", b"\r\n"))
        at = part.body_end
    pieces.append(content[at:])
    return b"".join(pieces)


def _list_leaves(content: bytes) -> list[Part]:
    return [
        part
        for _, part in walk(scan(content))
        if part.type not in {"multipart", "message"}
        and part.encoding in _AS_THEY_ARE
        and b"\0" in content[part.body_start : part.body_end]
    ]
