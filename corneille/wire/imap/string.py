"""Strings of replies: atoms, quoted strings, literals, literal8."""

import re

_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]+\Z')
_QUOTABLE = re.compile(rb"[\x01-\x09\x0b\x0c\x0e-\x7f]*\Z")
_QUOTABLE_UTF8 = re.compile(rb"[\x01-\x09\x0b\x0c\x0e-\xff]*\Z")
_QUOTED_BYTES = 1000


def format_literal(raw: bytes) -> bytes:
    """Any octets but NUL."""
    return b"{%d}\r\n%b" % (len(raw), raw)


def format_literal8(raw: bytes) -> bytes:
    """Any octets (RFC 3516): a literal8 only where a NUL asks for one."""
    return (b"~" if b"\0" in raw else b"") + format_literal(raw)


def format_string(raw: bytes, *, utf8: bool = False) -> bytes:
    """A quoted string where it can be one, a literal where not."""
    if len(raw) <= _QUOTED_BYTES and (_QUOTABLE_UTF8 if utf8 else _QUOTABLE).match(raw):
        return b'"%b"' % raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return format_literal(raw)


def format_astring(raw: bytes, *, utf8: bool = False) -> bytes:
    """An atom where it can be one; NIL is quoted, so that it never reads as nothing."""
    if _ATOM.match(raw) and raw.upper() != b"NIL":
        return raw
    return format_string(raw, utf8=utf8)


def format_nstring(raw: bytes | None) -> bytes:
    """NIL, or a string."""
    return b"NIL" if raw is None else format_string(raw)
