"""What a source gives: messages, and what it passes over with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from corneille.wire.mime.header import parse_date, parse_headers
from corneille.wire.mime.scan import scan

HEAD_BYTES = 256 * 1024
"""Enough of a message to find its Date and the status fields of mbox."""


@dataclass(frozen=True, slots=True)
class Found:
    """One message of a source.

    place        where it stands: "old.mbox, byte 1234", "cur/1700000000.x:2,S"
    folder       the levels of the folder that the source keeps it in; () when it names none
    content      octets with CRLF, ready to file
    received_at  aware UTC, None when the source does not know
    done_bytes   how much of the source has been read with it
    """

    place: str
    folder: tuple[str, ...]
    content: bytes
    received_at: datetime | None
    flags: frozenset[str]
    done_bytes: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something of a source that is not filed; `why` is empty, too-large, not-mail, unreadable or deleted."""

    place: str
    why: str
    done_bytes: int
    data: dict[str, object] = field(default_factory=dict)


_BARE_LF = re.compile(rb"(?<!\r)\n")


def choose_crlf(content: bytes) -> bytes:
    """The octets as mail on the wire has them.

    A file whose first line ends with CRLF came from the wire and is kept byte for byte, strange line ends included;
    one whose first line ends with LF is a Unix text, and each bare LF becomes CRLF.
    """
    first = content.find(b"\n")
    if first == -1 or (first > 0 and content[first - 1] == 0x0D):
        return content
    if b"\r" not in content:
        return content.replace(b"\n", b"\r\n")
    return _BARE_LF.sub(b"\r\n", content)


def read_fields(content: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """The first of each of these header fields, raw; absent ones are left out."""
    empty_line = content.find(b"\r\n\r\n", 0, HEAD_BYTES)  # what is filed has CRLF; else some more of it is read
    head = content[: empty_line + 2 if empty_line != -1 else HEAD_BYTES]
    headers = parse_headers(head, scan(head))
    return {name: raw for name in names if (raw := headers.get(name)) is not None}


def find_date(content: bytes) -> datetime | None:
    """The Date header as aware UTC, when it can be read and a calendar can hold it."""
    raw = read_fields(content, ("Date",)).get("Date")
    told = parse_date(raw) if raw is not None else None
    if told is None:
        return None
    try:
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    except OverflowError:
        return None
