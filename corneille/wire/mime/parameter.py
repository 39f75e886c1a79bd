"""Structured MIME values: `token; name=value; …` (RFC 2045 §5.1), continued and extended parameters (RFC 2231)."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

from corneille.wire.mime.charset import decode_bytes
from corneille.wire.mime.encoded_word import decode_words

MAX_PARAMETERS = 200
"""Beyond, parameters of one field are not read: no mailer writes twenty."""

Parameters = Sequence[tuple[bytes, bytes]]

_WORD = re.compile(rb"[ \t\r\n]*+([^;]*+)")
_PARAMETER = re.compile(
    rb'([^\s=;"]++)[ \t\r\n]*+(?:=[ \t\r\n]*+(?:"((?:[^"\\]++|\\.)*+)(?:"[^;]*+|\Z|\\\Z)|([^;]*+)))?',
    re.DOTALL,
)
_GAP = re.compile(rb"[; \t\r\n]*+")
_TOKEN = re.compile(rb"[^\x00-\x20()<>@,;:\\\"/\[\]?=\x7f-\xff]+\Z")
_SKIP = re.compile(rb"[^;]*+")
_ESCAPE = re.compile(rb"\\([\\\"])")  # not others: "C:\dossier\notes.xls" is what people meant
_FOLD = re.compile(rb"\r?\n[ \t]*")
_PIECE = re.compile(rb"([^*]+)\*(?:(\d{1,4})(\*?))?\Z")


def is_token(word: bytes) -> bool:
    """RFC 2045 §5.1."""
    return _TOKEN.match(word) is not None


def drop_comments(raw: bytes) -> bytes:
    """Removes (comments), which may nest, outside quoted strings; one left open runs to the end."""
    kept: list[bytes] = []
    depth = 0
    place = 0
    quoted = False
    for found in re.finditer(rb'\\.|["()]', raw, re.DOTALL):
        mark = found[0]
        if mark == b'"' and depth == 0:
            quoted = not quoted
        elif quoted:
            continue
        elif mark == b"(":
            if depth == 0:
                kept.append(raw[place:found.start()])
            depth += 1
        elif mark == b")" and depth:
            depth -= 1
            place = found.end()
    if depth == 0:
        kept.append(raw[place:])
    return b" ".join(kept)


def split_value(raw: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The word before the first ";" and the parameters as written, in order; quoting is undone, nothing else.

    A parameter without "=" or with an empty name is left out; a name keeps its case.
    """
    if b"(" in raw:
        raw = drop_comments(raw)
    head = _WORD.match(raw)
    assert head is not None  # matches the empty string
    word = head[1].rstrip(b" \t\r\n")
    parameters: list[tuple[bytes, bytes]] = []
    place = head.end()
    end = len(raw)
    while len(parameters) < MAX_PARAMETERS:
        gap = _GAP.match(raw, place)
        assert gap is not None  # matches the empty string
        place = gap.end()
        if place >= end:
            break
        found = _PARAMETER.match(raw, place)
        if found is None:  # "=x" or a stray quote: go to the next ";"
            skip = _SKIP.match(raw, place + 1)
            place = skip.end() if skip else end
            continue
        place = found.end()
        name, quoted, plain = found.group(1, 2, 3)
        if quoted is not None:
            value = _FOLD.sub(b" ", quoted) if b"\n" in quoted else quoted
            if b"\\" in value:
                value = _ESCAPE.sub(rb"\1", value)
        elif plain is not None:
            value = plain.strip(b" \t\r\n")
            if b"\n" in value:
                value = _FOLD.sub(b" ", value)
        else:
            continue
        parameters.append((name, value))
    return word, parameters


def join_pieces(parameters: Parameters) -> list[tuple[bytes, bytes]]:
    """RFC 2231 §3 pieces (`name*0`, `name*1*` …) joined into `name`, or `name*` when percent and charset are inside.

    Other parameters come first in their order, then the joined ones by name: the order Dovecot shows. Pieces after a
    missing number are dropped.
    """
    if not any(b"*" in name for name, _ in parameters):
        return list(parameters)
    plain: list[tuple[bytes, bytes]] = []
    pieces: dict[bytes, dict[int, tuple[bytes, bool]]] = {}
    for name, value in parameters:
        found = _PIECE.match(name)
        if found is None:
            plain.append((name, value))
            continue
        number = int(found[2]) if found[2] else 0
        pieces.setdefault(found[1], {}).setdefault(number, (value, found[2] is None or bool(found[3])))
    for name in sorted(pieces):
        numbered = pieces[name]
        if 0 not in numbered:
            continue
        chosen: list[tuple[bytes, bool]] = []
        while len(chosen) in numbered:
            chosen.append(numbered[len(chosen)])
        if any(is_extended for _, is_extended in chosen):
            first = chosen[0][1]
            value = b"" if first else b"''"
            for piece, is_extended in chosen:
                value += piece if is_extended else _escape_percent(piece)
            plain.append((name + b"*", value))
        else:
            plain.append((name, b"".join(piece for piece, _ in chosen)))
    return plain


def _escape_percent(piece: bytes) -> bytes:
    return re.sub(rb"[^A-Za-z0-9!#$&+.^_`{|}~-]", lambda found: b"%%%02x" % found[0][0], piece)


def decode_parameters(parameters: Parameters) -> Mapping[str, str]:
    """Names in lower case, values as people read them; an extended value wins over the plain one beside it.

    RFC 2231 is undone, and also RFC 2047 inside quotes, which the RFC forbids and half of the world's mailers write.
    """
    values: dict[str, str] = {}
    extended: dict[str, str] = {}
    for raw_name, value in join_pieces(parameters):
        name = raw_name.decode("latin-1").lower()
        if name.endswith("*"):
            extended.setdefault(name[:-1], _decode_extended(value))
        else:
            values.setdefault(name, decode_words(value))
    return values | extended


def _decode_extended(value: bytes) -> str:
    pieces = value.split(b"'", 2)
    if len(pieces) == 3:
        return decode_bytes(unquote_to_bytes(pieces[2]), pieces[0].decode("latin-1"))
    return decode_bytes(unquote_to_bytes(value), "")
