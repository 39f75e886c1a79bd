"""Message identifiers (RFC 5322 §3.6.4), as threads compare them."""

import re

_IN_BRACKETS = re.compile(rb"<([^<>]++)>")
_SPACE = re.compile(rb"[ \t\r\n]+")
MAX_IDS = 1000
"""Identifiers read from one field; a References field never needs so many."""


def parse_message_ids(raw: bytes) -> list[str]:
    """Identifiers in their order, without brackets, white space or doubles.

    Text outside brackets is passed over (In-Reply-To once was prose, RFC 822 §4.6.2), unless there are no brackets at
    all: then each word with an "@" is one.
    """
    found = _IN_BRACKETS.findall(raw) or [word for word in _SPACE.split(raw) if b"@" in word]
    ids = (_SPACE.sub(b"", word).decode("utf-8", "backslashreplace") for word in found)
    return list(dict.fromkeys(filter(None, ids)))[:MAX_IDS]
