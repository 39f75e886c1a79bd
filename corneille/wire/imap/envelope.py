"""An ENVELOPE (RFC 9051 §7.5.2) read back, as far as sorting asks for it."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)"|\{(\d+)\}\r\n|(NIL)|([()])')
_ESCAPE = re.compile(rb"\\(.)")
FROM, TO, CC = 2, 5, 6
"""Places of the address lists that SORT knows."""

Address = tuple[bytes | None, bytes | None, bytes | None]
"""Name, local part and domain; a group's name is a local part without a domain."""


def read_first_address(envelope: bytes, place: int) -> Address | None:
    """The first address at FROM, TO or CC; None when there is none."""
    depth, at = 0, -1
    address: list[bytes | None] = []
    for read in _read(envelope):
        if read == "(":
            depth += 1
            at += depth == 2
        elif read == ")":
            depth -= 1
        elif depth == 1:
            at += 1
        if at > place:
            return None
        if at == place and depth == 3 and not isinstance(read, str):
            address.append(read)
            if len(address) == 4:
                return address[0], address[2], address[3]
    return None


def _read(raw: bytes) -> Iterator[bytes | str | None]:
    """Strings as octets, NIL as None, brackets as text."""
    at = 0
    while (found := _TOKEN.search(raw, at)) is not None:
        at = found.end()
        quoted, size, _, bracket = found.groups()
        if bracket is not None:
            yield bracket.decode()
        elif quoted is not None:
            yield _ESCAPE.sub(rb"\1", quoted)
        elif size is not None:
            yield raw[at : at + int(size)]
            at += int(size)
        else:
            yield None
