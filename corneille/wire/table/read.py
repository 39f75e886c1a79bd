"""Reads a table of cells from the octets of a file, or from lines pasted out of a spreadsheet."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

FILE_BYTES = 512 * 1024
LINES = 2000
SEPARATORS = ";,\t"


class Unreadable(ValueError):
    """It is no table that is read here; `reason`: empty, spreadsheet, too-big, too-long, malformed; `data` goes with it."""

    def __init__(self, reason: str, **data: int) -> None:
        super().__init__(reason)
        self.reason, self.data = reason, data


@dataclass(frozen=True, slots=True)
class Table:
    """The first line, and the others with their numbers in the file (its first is 1); empty ones are passed over."""

    titles: list[str]
    lines: list[tuple[int, list[str]]]


def decode_table(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252. Raises Unreadable."""
    if len(content) > FILE_BYTES:
        raise Unreadable("too-big", limit=FILE_BYTES)
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0" or content[:4] == b"%PDF":
        raise Unreadable("spreadsheet")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_table(text: str) -> Table:
    """The cells, without what is not to be printed. Raises Unreadable."""
    if len(text) > FILE_BYTES:
        raise Unreadable("too-big", limit=FILE_BYTES)
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    if first.lower().startswith("sep=") and len(first) == 5:  # Excel's own word on the separator
        separator = first[4]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        lines = [(reader.line_num, [_clean(cell) for cell in row]) for row in reader]
    except csv.Error:
        raise Unreadable("malformed", line=reader.line_num) from None
    lines = [(number, cells) for number, cells in lines if any(cells) and not cells[0].lower().startswith("sep=")]
    if not lines:
        raise Unreadable("empty")
    if len(lines) > LINES + 1:
        raise Unreadable("too-long", limit=LINES)
    return Table(lines[0][1], lines[1:])


def fold(text: str) -> str:
    """Small letters and digits without accents, in words: what two spellings of one title have in common."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def _clean(cell: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in cell).split())
