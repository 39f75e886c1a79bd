"""Reads mbox files of the usual kinds, of any size, through a memory map.

A message begins at a line "From " that is the first of the file, or that comes after an empty line and looks like a
postmark (a date of asctime, or a header field on the next line). The kinds differ in how they protect a line "From "
of a body, and none is named in the file:

rd    ">From " lost one ">" more for each time it was written: one ">" is taken away, however many there are
o     only "From " was protected: ">From " becomes "From ", ">>From " stays
cl    like `o` or `rd`, and Content-Length says where the message ends
cl2   Content-Length says where it ends, and nothing was protected

`AUTO` believes a Content-Length that ends exactly at another message or at the end of the file, and otherwise reads as
`rd`. There a message that has an unprotected "From " inside its length is of kind `cl2`.
"""

import mmap
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from corneille.mail.source.found import HEAD_BYTES, Found, PassedOver, choose_crlf, find_date, read_fields
from corneille.mail.values import ANSWERED, DELETED, DRAFT, FLAGGED, SEEN

LINE_BYTES = 1000
"""A postmark longer than this is not one."""

FIRST_WINDOW_BYTES, LAST_WINDOW_BYTES = 4096, 1024 * 1024


class MboxKind(StrEnum):
    """How a body's lines "From " were protected."""

    AUTO = "auto"
    RD = "rd"
    O = "o"  # noqa: E741  # its name
    CL = "cl"
    CL2 = "cl2"


_DATED = re.compile(
    rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}\b|From - ?\r?$", re.IGNORECASE
)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>From ")
_QUOTED_RD = re.compile(rb"^>(>*From )", re.MULTILINE)
_QUOTED_O = re.compile(rb"^>(From )", re.MULTILINE)
_INNER_FROM = re.compile(rb"^From ", re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_ASCTIME = re.compile(
    rb"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?"
    rb"(?: +(?:[A-Z]{3,5}|([-+]\d{4})))* +(\d{4})(?: +([-+]\d{4}))?"
)
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")


def read_mbox(
    path: Path, *, folder: tuple[str, ...] = (), kind: MboxKind = MboxKind.AUTO, limit_bytes: int, start_bytes: int = 0
) -> Iterator[Found | PassedOver]:
    """The messages of one mbox file, in its order.

    limit_bytes  a longer message is passed over, not gathered
    start_bytes  what was read of the source before this file, for `done_bytes`
    raises       OSError
    """
    with path.open("rb") as stream:
        if stream.seek(0, 2) == 0:
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as octets:
            for start, body, end, after in _split(octets, kind):
                place = f"{path.name}, byte {start}"
                done_bytes = start_bytes + after
                if end - body > limit_bytes:
                    yield PassedOver(place, "too-large", done_bytes, {"size_bytes": end - body})
                    continue
                yield _read_message(octets[start:body], octets[body:end], kind, place, folder, done_bytes)


def is_mbox(path: Path) -> bool:
    """Whether the file begins as an mbox does, empty lines before it forgiven. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(LINE_BYTES).lstrip(b"\r\n").startswith(b"From ")


def _split(octets: mmap.mmap, kind: MboxKind) -> Iterator[tuple[int, int, int, int]]:
    """Where each message's postmark, first octet, end, and the next postmark are."""
    start = 0
    while octets[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    size = len(octets)
    while start < size:
        line_end = _find(octets, b"\n", start)
        body = size if line_end == -1 else line_end + 1
        following = _find_by_length(octets, body) if kind in {MboxKind.AUTO, MboxKind.CL, MboxKind.CL2} else None
        if following is None:
            following = _find_postmark(octets, body)
        yield start, body, _end_before(octets, body, following), following
        start = following


def _find(octets: mmap.mmap, mark: bytes, begin: int, end: int | None = None) -> int:
    """Where `mark` is, -1 if nowhere; in growing windows, because mmap.find looks at one octet at a time."""
    end = len(octets) if end is None else min(end, len(octets))
    window_bytes = FIRST_WINDOW_BYTES
    while begin < end:
        found = octets[begin : min(begin + window_bytes, end)].find(mark)
        if found != -1:
            return begin + found
        begin += max(window_bytes - len(mark) + 1, 1)
        window_bytes = min(window_bytes * 4, LAST_WINDOW_BYTES)
    return -1


def _end_before(octets: mmap.mmap, body: int, following: int) -> int:
    """The message's end: the empty line that mbox puts before a postmark is not the message's."""
    end = following
    for line_end in (b"\r\n", b"\n"):
        if octets[max(end - len(line_end), body) : end] == line_end:
            shorter = end - len(line_end)
            if shorter == body or octets[shorter - 1 : shorter] == b"\n":
                return shorter
            return end
    return end


def _find_postmark(octets: mmap.mmap, begin: int) -> int:
    """Where the next message's postmark begins, or the end of the file."""
    at = begin
    if octets[at : at + 5] == b"From " and _is_postmark(octets, at, after_empty_line=True):
        return at
    while (found := _find(octets, b"\nFrom ", max(at - 1, 0))) != -1:
        line = found + 1
        before = octets[max(line - 3, 0) : line]
        after_empty_line = line == begin or before.endswith((b"\n\n", b"\n\r\n"))
        if line >= begin and _is_postmark(octets, line, after_empty_line=after_empty_line):
            return line
        at = line + 1
    return len(octets)


def _is_postmark(octets: mmap.mmap, line: int, *, after_empty_line: bool) -> bool:
    line_end = _find(octets, b"\n", line, line + LINE_BYTES)
    if line_end == -1:
        return False
    is_dated = _DATED.match(octets[line:line_end]) is not None
    next_line = octets[line_end + 1 : line_end + 1 + LINE_BYTES]
    is_before_field = _FIELD.match(next_line) is not None
    return (is_dated and (after_empty_line or is_before_field)) or (after_empty_line and is_before_field)


def _find_by_length(octets: mmap.mmap, body: int) -> int | None:
    """Where the Content-Length says that the next postmark is, if one is there."""
    empty_line = b"\n\r\n" if octets[body - 2 : body] == b"\r\n" else b"\n\n"
    head_end = _find(octets, empty_line, body, body + HEAD_BYTES)
    told = _LENGTH.search(octets[body:head_end]) if head_end != -1 else None
    if told is None:
        return None
    end = head_end + len(empty_line) + int(told[1])
    while octets[end : end + 1] in {b"\r", b"\n"}:  # the empty line between messages, which no Content-Length counts
        end += 1
    if end == len(octets) or (end < len(octets) and octets[end : end + 5] == b"From " and octets[end - 1] == 0x0A):
        return end
    return None


def _read_message(
    postmark: bytes, content: bytes, kind: MboxKind, place: str, folder: tuple[str, ...], done_bytes: int
) -> Found | PassedOver:
    if not content.strip():
        return PassedOver(place, "empty", done_bytes)
    content = choose_crlf(_unquote(content, kind)) if not postmark.endswith(b"\r\n") else _unquote(content, kind)
    fields = read_fields(content, ("Status", "X-Status", "X-Mozilla-Status"))
    mozilla = _parse_hexadecimal(fields.get("X-Mozilla-Status", b"0"))
    if mozilla & 0x0008:  # Thunderbird: deleted, the file not yet compacted
        return PassedOver(place, "deleted", done_bytes)
    flags = _choose_flags(fields.get("Status", b"") + fields.get("X-Status", b""), mozilla)
    return Found(place, folder, content, parse_postmark(postmark) or find_date(content), flags, done_bytes)


def _unquote(content: bytes, kind: MboxKind) -> bytes:
    if b"From " not in content:  # almost always; the search costs less than any expression
        return content
    match kind:
        case MboxKind.CL2:
            return content
        case MboxKind.O:
            return _QUOTED_O.sub(rb"\1", content)
        case MboxKind.RD | MboxKind.CL | MboxKind.AUTO:
            if _INNER_FROM.search(content):  # only a Content-Length lets one stand unprotected
                return content
            return _QUOTED_RD.sub(rb"\1", content)


def _choose_flags(status: bytes, mozilla: int) -> frozenset[str]:
    """Flags from mutt's Status and X-Status letters, and from Thunderbird's bits."""
    letters = {b"R": SEEN, b"A": ANSWERED, b"F": FLAGGED, b"T": DRAFT, b"D": DELETED}
    flags = {flag for letter, flag in letters.items() if letter in status}
    bits = {0x0001: SEEN, 0x0002: ANSWERED, 0x0004: FLAGGED, 0x1000: "$Forwarded"}
    return frozenset(flags | {flag for bit, flag in bits.items() if mozilla & bit})


def _parse_hexadecimal(raw: bytes) -> int:
    try:
        return int(raw.strip()[:8] or b"0", 16)
    except ValueError:
        return 0


def parse_postmark(line: bytes) -> datetime | None:
    """The date of a line "From ": asctime's, taken as UTC unless a zone stands in it."""
    found = _ASCTIME.search(line)
    if found is None:
        return None
    month, day, hour, minute, second, zone_before, year, zone_after = found.groups()
    try:
        told = datetime(
            int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), min(int(second or 0), 59), tzinfo=UTC
        )
        zone = zone_after or zone_before
        if zone:
            told = datetime.strptime(f"{told:%Y-%m-%d %H:%M:%S} {zone.decode()}", "%Y-%m-%d %H:%M:%S %z")
        return told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
