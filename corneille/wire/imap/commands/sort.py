"""SORT and UID SORT (RFC 5256 §3), with RETURN (RFC 5267) and the display keys (RFC 5957)."""

from dataclasses import dataclass

from corneille.wire.imap.commands.search import Search, parse_criteria, parse_returns
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

KEYS = frozenset({"ARRIVAL", "CC", "DATE", "FROM", "SIZE", "SUBJECT", "TO", "DISPLAYFROM", "DISPLAYTO"})
MAX_KEYS = 20


@dataclass(frozen=True, slots=True)
class Sort:
    """`by`: each key with whether it is reversed, the first the most important."""

    by: tuple[tuple[str, bool], ...]
    search: Search


def parse(cursor: Cursor) -> Sort:
    cursor.space()
    options = parse_returns(cursor)
    by = _parse_keys(cursor)
    cursor.space()
    return Sort(by, Search(parse_criteria(cursor), *options))


def _parse_keys(cursor: Cursor) -> tuple[tuple[str, bool], ...]:
    cursor.expect(b"(", "a list of sort keys")
    keys: list[tuple[str, bool]] = []
    while not keys or not cursor.take(b")"):
        if keys:
            cursor.space()
        word = cursor.word()
        is_reverse = word == "REVERSE"
        if is_reverse:
            cursor.space()
            word = cursor.word()
        if word not in KEYS or len(keys) == MAX_KEYS:
            raise SyntaxRefused("SORT takes ARRIVAL, CC, DATE, DISPLAYFROM, DISPLAYTO, FROM, SIZE, SUBJECT and TO")
        keys.append((word, is_reverse))
    return tuple(keys)
