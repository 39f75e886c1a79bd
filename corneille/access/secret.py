"""A typed secret on its way to a check: bounded before any work, normalised once, never printed."""

import unicodedata

IDENTIFIER_LENGTH = 320
SECRET_LENGTH = 1000
"""Characters. Far above any password; a megabyte is refused before a byte of it is hashed."""


def is_sound(identifier: str, secret: str) -> bool:
    """Tells whether both can be looked at: not empty, not too long, no NUL or other control character."""
    return (
        0 < len(identifier) <= IDENTIFIER_LENGTH
        and 0 < len(secret) <= SECRET_LENGTH
        and not identifier.isspace()
        and not any(_is_forbidden(each) for each in identifier + secret)
    )


def encode_secret(secret: str) -> bytes:
    """The octets that are hashed: NFC, so that a Mac and a Windows « é » are the same (RFC 8265 §4.2)."""
    return unicodedata.normalize("NFC", secret).encode("utf-8")


def _is_forbidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}
