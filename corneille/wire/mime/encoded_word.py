"""RFC 2047 encoded words, as the field writes them: split characters, spaces inside, wrong padding, raw octets beside."""

import re

from corneille.wire.mime.charset import decode_bytes, find_codec
from corneille.wire.mime.transfer import decode_base64

_WORD = re.compile(rb"=\?([^?\s=]{1,75})\?([bBqQ])\?([^?\r\n]*+|[^\r\n]{0,200}?)\?=")  # a "?" inside is wrong and seen
_FOLD = re.compile(rb"\r?\n")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode_words(raw: bytes) -> str:
    """One unfolded line of text: encoded words decoded, other octets read as UTF-8 or windows-1252.

    Adjacent words of one charset are joined before they are decoded, since mailers cut characters in two although
    RFC 2047 §5 forbids it. NUL and other controls become spaces; what cannot be decoded stays as it was written.
    """
    if b"\n" in raw:
        raw = _FOLD.sub(b"", raw)
    if b"=?" not in raw:
        return _clean(decode_bytes(raw, "") if not raw.isascii() else raw.decode("ascii"))
    pieces: list[str] = []
    pending = b""
    charset = ""
    place = 0
    for found in _WORD.finditer(raw):
        between = raw[place:found.start()]
        name = found[1].partition(b"*")[0].decode("latin-1").lower()  # RFC 2231 §5: charset*language
        if pending and (between.strip(b" \t\r") or name != charset):
            pieces.append(decode_bytes(pending, charset))
            pending = b""
            if not between.strip(b" \t\r"):
                between = b""
        elif pending:
            between = b""
        elif place and not between.strip(b" \t\r"):
            between = b""  # after an empty word
        pieces.append(decode_bytes(between, ""))
        charset = name
        octets = _decode_q(found[3]) if found[2] in b"qQ" else decode_base64(found[3])
        if find_codec(name) == "iso2022_jp_ext":
            pieces.append(decode_bytes(octets, name))  # each word begins in ASCII (RFC 1468): never joined
        else:
            pending += octets
        place = found.end()
    if pending:
        pieces.append(decode_bytes(pending, charset))
    pieces.append(decode_bytes(raw[place:], ""))
    return _clean("".join(pieces))


def _decode_q(text: bytes) -> bytes:
    text = text.replace(b"_", b" ")
    if b"=" not in text:
        return text
    return _HEX.sub(lambda found: bytes((int(found[1], 16),)), text)


_CONTROLS = dict.fromkeys((*range(32), 127), " ")


def _clean(text: str) -> str:
    return text if text.isprintable() else text.translate(_CONTROLS)
