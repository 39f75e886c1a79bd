"""Base64 as SASL wants it: strict (RFC 4648 §4), bounded."""

import binascii
import re

MAX_ENCODED_BYTES = 12288
"""RFC 9051 and RFC 4954 leave lines of 12,288 octets for SASL."""

_ALPHABET = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z")


class NotBase64(ValueError):
    """The client's answer is not Base64, or longer than a mechanism ever needs."""


def decode_base64(encoded: bytes) -> bytes:
    """Decodes one response; `=` alone is the empty initial response (RFC 4959). Raises NotBase64."""
    if encoded == b"=":
        return b""
    if len(encoded) > MAX_ENCODED_BYTES or not _ALPHABET.match(encoded):
        raise NotBase64
    return binascii.a2b_base64(encoded)


def encode_base64(raw: bytes) -> bytes:
    """Encodes one challenge, without a line end."""
    return binascii.b2a_base64(raw, newline=False)
