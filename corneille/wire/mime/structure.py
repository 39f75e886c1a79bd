"""BODY and BODYSTRUCTURE (RFC 9051 §7.5.2), as IMAP text ready to send."""

from collections.abc import Sequence

from corneille.wire.mime.envelope import format_envelope
from corneille.wire.mime.field import unfold
from corneille.wire.mime.imap_text import format_field, format_string
from corneille.wire.mime.parameter import join_pieces
from corneille.wire.mime.part import Part

_US_ASCII = b'("charset" "us-ascii")'


def format_body(content: bytes, part: Part) -> bytes:
    """The structure without extension data."""
    return _format(content, part, extended=False)


def format_bodystructure(content: bytes, part: Part) -> bytes:
    """The structure with its extension data: md5, disposition, language, location, a multipart's parameters."""
    return _format(content, part, extended=True)


def _format(content: bytes, part: Part, *, extended: bool) -> bytes:
    if part.is_multipart:
        return _format_multipart(content, part, extended=extended)
    fields = part.fields
    pieces = [
        b"%s %s %s %s %s %s %d" % (
            format_string(part.raw_type), format_string(part.raw_subtype),
            _format_parameters(part.raw_parameters, is_text=part.type == "text"),
            format_field(fields, b"content-id"), format_field(fields, b"content-description"),
            format_string(part.raw_encoding), part.size_bytes,
        ),
    ]
    if part.message is not None:
        message = part.message
        pieces.append(format_envelope(content, message))
        pieces.append(_format(content, message, extended=extended))
        pieces.append(b"%d" % part.line_count)
    elif part.type == "text":
        pieces.append(b"%d" % part.line_count)
    if extended:
        pieces.append(format_field(fields, b"content-md5"))
        pieces.append(_format_extension(part))
    return b"(%s)" % b" ".join(pieces)


def _format_multipart(content: bytes, part: Part, *, extended: bool) -> bytes:
    if part.children:
        inside = b"".join([_format(content, child, extended=extended) for child in part.children])
    else:  # RFC 9051 asks for one body at least
        inside = b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0%s)' % (
            b" NIL NIL NIL NIL" if extended else b""
        )
    if not extended:
        return b"(%s %s)" % (inside, format_string(part.raw_subtype))
    return b"(%s %s %s %s)" % (
        inside, format_string(part.raw_subtype), _format_parameters(part.raw_parameters, is_text=False),
        _format_extension(part),
    )


def _format_parameters(parameters: Sequence[tuple[bytes, bytes]], *, is_text: bool) -> bytes:
    """Names as written, values raw; a text part that names no charset is us-ascii (RFC 2045 §5.2)."""
    if not parameters:
        return _US_ASCII if is_text else b"NIL"
    joined = join_pieces(parameters)
    pieces = []
    has_charset = False
    for name, value in joined:
        has_charset = has_charset or name.lower() == b"charset"
        pieces.append(b"%s %s" % (format_string(name), format_string(value)))
    if is_text and not has_charset:
        pieces.append(b'"charset" "us-ascii"')
    return b"(%s)" % b" ".join(pieces) if pieces else b"NIL"


def _format_extension(part: Part) -> bytes:
    fields = part.fields
    disposition, parameters = part.raw_disposition
    if disposition:
        shown = b"(%s %s)" % (format_string(disposition), _format_parameters(parameters, is_text=False))
    else:
        shown = b"NIL"
    return b"%s %s %s" % (
        shown, _format_language(fields.get(b"content-language")), format_field(fields, b"content-location"),
    )


def _format_language(raw: bytes | None) -> bytes:
    words = [word.strip() for word in unfold(raw or b"").split(b",")]
    words = [word for word in words if word]
    return b"(%s)" % b" ".join(map(format_string, words)) if words else b"NIL"
