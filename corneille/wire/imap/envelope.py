"""An ENVELOPE (RFC 9051 §7.5.2) read back, as far as sorting asks for it."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'[ ]?(?:"([^"\\]*+(?:\\.[^"\\]*+)*+)"|([()])|(NIL)|\{(\d+)\}\r\n)', re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_STRING = rb'(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"|NIL)'
_LIST = rb"(?:NIL|\((?:\(%b %b %b %b\))++\)) " % ((_STRING,) * 4)
_FIRST = rb"\(\((%b) %b (%b) (%b)\)" % ((_STRING,) * 4)
FROM, TO, CC = 2, 5, 6
"""Places of the address lists that SORT knows."""

Address = tuple[bytes | None, bytes | None, bytes | None]
"""Name, local part and domain; a group's name is a local part without a domain."""


_QUICK = {
    place: re.compile(rb"\(%b %b (?:%b){%d}(?:NIL|%b)" % (_STRING, _STRING, _LIST, place - 2, _FIRST), re.DOTALL)
    for place in (FROM, TO, CC)
}


def read_first_address(envelope: bytes, place: int) -> Address | None:
    """The first address at FROM, TO or CC; None when there is none."""
    found = _QUICK[place].match(envelope)
    if found is None:
        return _read_slowly(envelope, place)
    name, local, domain = found.groups()
    return None if local is None else (_unquote(name), _unquote(local), _unquote(domain))


def _unquote(raw: bytes) -> bytes | None:
    if raw == b"NIL":
        return None
    return _ESCAPE.sub(rb"\1", raw[1:-1]) if b"\\" in raw else raw[1:-1]


def _read_slowly(envelope: bytes, place: int) -> Address | None:
    """The same where there are literals, which no pattern can measure."""
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
    while (found := _TOKEN.match(raw, at)) is not None:
        at = found.end()
        quoted, bracket, _, size = found.groups()
        if bracket is not None:
            yield bracket.decode()
        elif quoted is not None:
            yield _ESCAPE.sub(rb"\1", quoted) if b"\\" in quoted else quoted
        elif size is not None:
            yield raw[at : at + int(size)]
            at += int(size)
        else:
            yield None
