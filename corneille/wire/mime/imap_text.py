"""IMAP's ways to write a string: quoted where RFC 9051 §4.3 lets it, a literal otherwise."""

import re

from corneille.wire.mime.field import unfold

_LITERAL_ONLY = re.compile(rb"[\x00\r\n\x80-\xff]")
_ESCAPED = re.compile(rb'(["\\])')
MAX_QUOTED = 1000
"""Octets of a quoted string; longer ones travel as literals."""


def format_string(raw: bytes) -> bytes:
    """`raw` as a quoted string, or as a literal when it has 8-bit octets or is long.

    NUL cannot travel in either (RFC 9051 §4.3): it becomes U+FFFD, as Dovecot writes it.
    """
    if len(raw) > MAX_QUOTED or (_LITERAL_ONLY.search(raw) is not None):
        raw = raw.replace(b"\0", b"\xef\xbf\xbd")
        return b"{%d}\r\n%s" % (len(raw), raw)
    if b'"' in raw or b"\\" in raw:
        raw = _ESCAPED.sub(rb"\\\1", raw)
    return b'"%s"' % raw


def format_nstring(raw: bytes | None) -> bytes:
    return b"NIL" if raw is None else format_string(raw)


def format_field(fields: dict[bytes, bytes], name: bytes) -> bytes:
    """A field's unfolded value, NIL when the message has no such field."""
    raw = fields.get(name)
    return b"NIL" if raw is None else format_string(unfold(raw))
