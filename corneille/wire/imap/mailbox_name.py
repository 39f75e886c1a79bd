"""Mailbox names on the wire: modified UTF-7 (RFC 3501 §5.1.3), or UTF-8 once the session has enabled it."""

import binascii

from corneille.wire.imap.syntax import NameRefused

_SHIFT = frozenset(range(0x20, 0x7F)) - {0x26}


def encode_utf7(name: str) -> bytes:
    """Writes a name in modified UTF-7: printable ASCII only, whatever the name holds."""
    if name.isascii() and name.isprintable() and "&" not in name:
        return name.encode()
    out = bytearray()
    shifted: list[str] = []
    for character in name:
        if ord(character) in _SHIFT:
            _flush(out, shifted)
            out.append(ord(character))
        elif character == "&" and not shifted:
            out += b"&-"
        elif character == "&":
            _flush(out, shifted)
            out += b"&-"
        else:
            shifted.append(character)
    _flush(out, shifted)
    return bytes(out)


def decode_utf7(raw: bytes) -> str:
    """Reads modified UTF-7. Raises NameRefused for what `encode_utf7` would never write."""
    if b"&" not in raw and raw.isascii():
        return raw.decode()
    try:
        text = _decode(raw)
    except (ValueError, binascii.Error):
        raise NameRefused("the mailbox name is not modified UTF-7 (RFC 3501, 5.1.3)") from None
    if encode_utf7(text) != raw:
        raise NameRefused("the mailbox name is not modified UTF-7 (RFC 3501, 5.1.3)")
    return text


def decode_mailbox(raw: bytes, *, utf8: bool) -> str:
    """A name as a client wrote it; INBOX in any case is `INBOX`. Raises NameRefused."""
    if raw.upper() == b"INBOX":
        return "INBOX"
    if not utf8:
        return decode_utf7(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise NameRefused("the mailbox name is not UTF-8") from None


def decode_mailbox_name(raw: bytes) -> str:
    """A folder's name as another program stored it: modified UTF-7, else UTF-8, else windows-1252; never raises."""
    try:
        return decode_utf7(raw)
    except NameRefused:
        return raw.decode() if _is_utf8(raw) else raw.decode("cp1252", "replace")


def encode_mailbox(name: str, *, utf8: bool) -> bytes:
    """A name as this client understands it, still to be written as a string."""
    return name.encode() if utf8 else encode_utf7(name)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _flush(out: bytearray, shifted: list[str]) -> None:
    if shifted:
        packed = "".join(shifted).encode("utf-16-be", "surrogatepass")
        out += b"&" + binascii.b2a_base64(packed, newline=False).rstrip(b"=").replace(b"/", b",") + b"-"
        shifted.clear()


def _decode(raw: bytes) -> str:
    out: list[str] = []
    at = 0
    while True:
        shift = raw.find(b"&", at)
        if shift < 0:
            out.append(raw[at:].decode("ascii"))
            return "".join(out)
        out.append(raw[at:shift].decode("ascii"))
        end = raw.index(b"-", shift)
        packed = raw[shift + 1 : end]
        if packed:
            encoded = packed.replace(b",", b"/")
            out.append(binascii.a2b_base64(encoded + b"=" * (-len(encoded) % 4)).decode("utf-16-be"))
        else:
            out.append("&")
        at = end + 1
