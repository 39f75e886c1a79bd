"""The order of texts that IMAP asks for: i;unicode-casemap (RFC 5051)."""

import unicodedata


def collate(text: str) -> str:
    """What is compared in the text's place, by code points: which is the order of its octets in UTF-8 too."""
    if text.isascii():
        return text.upper()
    return unicodedata.normalize("NFKD", text.upper())
