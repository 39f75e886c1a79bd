"""Content-Transfer-Encoding undone, leniently: whatever can be read is read, nothing raises."""

import binascii
import re
from collections.abc import Callable

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"))
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_PADDED = re.compile(rb"=+[\s=]*(?=[A-Za-z0-9+/])")
AT_ONCE_BYTES = 1024 * 1024
"""Decoded by one call: the interpreter serves no other thread meanwhile, and an attachment may be of fifty times that."""
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_UU_END = re.compile(rb"^`?\r?\n?end[ \t]*\r?$", re.MULTILINE)
_SPACE_BEFORE_END = re.compile(rb"[ \t]++(?=\r?\n)")


def decode_base64(text: bytes) -> bytes:
    """Octets outside the alphabet are passed over (RFC 2045 §6.8); padding may be absent, wrong, or in the middle
    (several encoded pieces glued together); a last lone character is dropped; the URL alphabet is understood."""
    padding = text.find(b"=")
    if padding >= 0 and _PADDED.search(text, padding):
        return b"".join(_decode_base64_piece(piece) for piece in text.split(b"=") if piece)
    return _decode_base64_piece(text)


def _decode_base64_piece(text: bytes) -> bytes:
    decoded: list[bytes] = []
    rest = b""
    for start in range(0, len(text), AT_ONCE_BYTES):
        kept = rest + text[start : start + AT_ONCE_BYTES].translate(_URL_SAFE, _NOT_BASE64)
        whole = len(kept) - len(kept) % 4
        decoded.append(binascii.a2b_base64(kept[:whole]))
        rest = kept[whole:]
    if len(rest) > 1:
        decoded.append(binascii.a2b_base64(rest.ljust(4, b"=")))
    return b"".join(decoded)


def decode_quoted_printable(text: bytes) -> bytes:
    """White space before a line end goes (RFC 2045 §6.7 rule 3); a "=" that begins nothing stays."""
    if b" \r" in text or b" \n" in text or b"\t\r" in text or b"\t\n" in text:
        text = _SPACE_BEFORE_END.sub(b"", text)
    return binascii.a2b_qp(text)


def decode_uu(text: bytes) -> bytes:
    """The first uuencoded file in the text; lines that cannot be read are skipped."""
    begin = _UU_BEGIN.search(text)
    if begin is None:
        return text
    end = _UU_END.search(text, begin.end())
    decoded: list[bytes] = []
    for line in text[begin.end():end.start() if end else len(text)].splitlines():
        if not line:
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Trailing rubbish: keep what the length character promises
            length = ((line[0] - 32) & 63) * 4 + 5
            try:
                decoded.append(binascii.a2b_uu(line[: length // 3]))
            except binascii.Error:
                continue
    return b"".join(decoded)


def _as_is(text: bytes) -> bytes:
    return text


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": decode_base64, "quoted-printable": decode_quoted_printable,
    "x-uuencode": decode_uu, "x-uue": decode_uu, "uuencode": decode_uu, "uue": decode_uu,
}


def decode_transfer(text: bytes, encoding: str) -> bytes:
    """`encoding` in lower case; an unknown one is taken as binary."""
    return DECODERS.get(encoding, _as_is)(text)


def estimate_size(content: bytes, start: int, end: int, encoding: str) -> int:
    """Octets that a body will have when decoded: exact for unencoded ones and well-formed base64."""
    if encoding == "base64":
        characters = end - start - content.count(b"\n", start, end) - content.count(b"\r", start, end)
        return max(0, characters * 3 // 4 - content.count(b"=", max(start, end - 4), end))
    if encoding == "quoted-printable":
        return max(0, end - start - 2 * content.count(b"=", start, end))
    return end - start
