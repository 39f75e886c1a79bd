"""SEARCH and UID SEARCH (RFC 9051 §6.4.4), with MODSEQ (RFC 7162), OLDER and YOUNGER (RFC 5032), SAVEDATE and OBJECTID keys.

The tree says what the client asked, in the client's terms: the door turns it into the mail noun's criteria.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from corneille.wire.imap.commands.fetch import Item, parse_item_list
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.partial import Partial, parse_partial
from corneille.wire.imap.sequence_set import SequenceSet
from corneille.wire.imap.syntax import CharsetRefused, SyntaxRefused

MAX_DEPTH = 60
MAX_KEYS = 5000
RETURNS = frozenset({"MIN", "MAX", "ALL", "COUNT", "SAVE", "PARTIAL", "UPDATE", "CONTEXT"})
FLAG_KEYS = {
    "ANSWERED": ("\\Answered", True), "DELETED": ("\\Deleted", True), "DRAFT": ("\\Draft", True),
    "FLAGGED": ("\\Flagged", True), "SEEN": ("\\Seen", True), "UNANSWERED": ("\\Answered", False),
    "UNDELETED": ("\\Deleted", False), "UNDRAFT": ("\\Draft", False), "UNFLAGGED": ("\\Flagged", False),
    "UNSEEN": ("\\Seen", False), "RECENT": ("\\Recent", True), "OLD": ("\\Recent", False),
}
HEADER_KEYS = frozenset({"BCC", "CC", "FROM", "SUBJECT", "TO"})
DATE_KEYS = frozenset({
    "BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE", "SAVEDBEFORE", "SAVEDON", "SAVEDSINCE",
})


@dataclass(frozen=True, slots=True)
class All:
    """Every message."""


@dataclass(frozen=True, slots=True)
class Both:
    of: tuple["Key", ...]


@dataclass(frozen=True, slots=True)
class Either:
    of: tuple["Key", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    of: "Key"


@dataclass(frozen=True, slots=True)
class Flagged:
    flag: str


@dataclass(frozen=True, slots=True)
class Numbered:
    numbers: SequenceSet
    is_uid: bool


@dataclass(frozen=True, slots=True)
class Header:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    in_header: bool  # TEXT; BODY otherwise


@dataclass(frozen=True, slots=True)
class Sized:
    bytes: int
    is_larger: bool


@dataclass(frozen=True, slots=True)
class Dated:
    key: str  # one of DATE_KEYS
    on: date


@dataclass(frozen=True, slots=True)
class Within:
    seconds: int
    is_younger: bool


@dataclass(frozen=True, slots=True)
class Changed:
    modseq: int


@dataclass(frozen=True, slots=True)
class Identified:
    """EMAILID or THREADID (RFC 8474 §7)."""

    id: str
    is_thread: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """SAVEDATESUPPORTED (RFC 8514): every mailbox here has save dates."""


Plain: TypeAlias = All | Flagged | Header | Words | Sized | Changed | Saved
Key: TypeAlias = Plain | Both | Either | Negated | Numbered | Dated | Within | Identified


@dataclass(frozen=True, slots=True)
class Search:
    key: Key
    returns: frozenset[str] | None = None  # None: no RETURN was asked; empty RETURN () is {"ALL"}
    partial: Partial | None = None  # with "PARTIAL" in `returns`
    items: tuple[Item, ...] = ()  # with "UPDATE": those of each message that comes (RFC 5465 §7)


class _Budget:
    __slots__ = ("keys",)

    def __init__(self) -> None:
        self.keys = MAX_KEYS


def parse(cursor: Cursor) -> Search:
    cursor.space()
    options = parse_returns(cursor)
    if cursor.take_word(b"CHARSET"):
        cursor.space()
        return Search(parse_criteria(cursor), *options)
    return Search(_parse_keys(cursor, _Budget(), 0, in_list=False), *options)


def parse_criteria(cursor: Cursor) -> Key:
    """A charset and keys, as SORT and THREAD take them (RFC 5256 §5)."""
    if cursor.astring().upper() not in {b"US-ASCII", b"UTF-8", b"ASCII", b"UTF8"}:
        raise CharsetRefused("SEARCH takes US-ASCII or UTF-8")
    cursor.space()
    return _parse_keys(cursor, _Budget(), 0, in_list=False)


def uses_modseq(key: Key) -> bool:
    """True when MODSEQ was asked for: the reply then carries one (RFC 7162 §3.1.5)."""
    return _has(key, lambda each: isinstance(each, Changed))


def uses_numbers(key: Key) -> bool:
    """True when messages are named by sequence numbers."""
    return _has(key, lambda each: isinstance(each, Numbered) and not each.is_uid and not each.numbers.is_saved)


def count_terms(key: Key) -> int:
    """How many things are asked of a message."""
    match key:
        case Both(of) | Either(of):
            return sum(count_terms(each) for each in of)
        case Negated(of):
            return count_terms(of)
        case _:
            return 1


def _has(key: Key, is_meant: Callable[[Key], bool]) -> bool:
    match key:
        case Both(of) | Either(of):
            return any(_has(each, is_meant) for each in of)
        case Negated(of):
            return _has(of, is_meant)
        case _:
            return is_meant(key)


def parse_returns(cursor: Cursor) -> tuple[frozenset[str] | None, Partial | None, tuple[Item, ...]]:
    """RETURN and its options, when it is next, and the space after: what stands in Search behind its key."""
    partial, items = None, tuple[Item, ...]()
    if not cursor.take_word(b"RETURN"):
        return None, None, ()
    cursor.space()
    cursor.expect(b"(")
    returns: set[str] = set()
    while not cursor.take(b")"):
        if returns:
            cursor.space()
        word = cursor.word()
        if word not in RETURNS:
            raise SyntaxRefused("RETURN takes MIN, MAX, ALL, COUNT, PARTIAL, SAVE, UPDATE and CONTEXT")
        if word == "PARTIAL":
            cursor.space()
            partial = parse_partial(cursor)
        elif word == "UPDATE" and (cursor.take(b" (") or cursor.take(b"(")):  # RFC 5465 writes it both ways
            items = parse_item_list(cursor)
        returns.add(word)
    if partial is not None and "ALL" in returns:
        raise SyntaxRefused("RETURN takes ALL or PARTIAL, not both (RFC 9394)")
    cursor.space()
    return frozenset(returns or {"ALL"}), partial, items


def _parse_keys(cursor: Cursor, budget: _Budget, depth: int, *, in_list: bool) -> Key:
    keys = [_parse_key(cursor, budget, depth)]
    while cursor.take(b" "):
        keys.append(_parse_key(cursor, budget, depth))
    if in_list:
        cursor.expect(b")")
    return keys[0] if len(keys) == 1 else Both(tuple(keys))


def _parse_key(cursor: Cursor, budget: _Budget, depth: int) -> Key:
    budget.keys -= 1
    if depth > MAX_DEPTH or budget.keys < 0:
        raise SyntaxRefused("SEARCH is too deep, or has too many keys")
    if cursor.take(b"("):
        return _parse_keys(cursor, budget, depth + 1, in_list=True)
    if cursor.peek_digit() or cursor.peek(b"*") or cursor.peek(b"$"):
        return Numbered(cursor.sequence_set(), is_uid=False)
    word = cursor.word()
    if word == "NOT":
        cursor.space()
        return Negated(_parse_key(cursor, budget, depth + 1))
    if word == "OR":
        cursor.space()
        first = _parse_key(cursor, budget, depth + 1)
        cursor.space()
        return Either((first, _parse_key(cursor, budget, depth + 1)))
    if word == "ALL":
        return All()
    if word == "NEW":
        return Both((Flagged("\\Recent"), Negated(Flagged("\\Seen"))))
    if word in FLAG_KEYS:
        flag, wanted = FLAG_KEYS[word]
        return Flagged(flag) if wanted else Negated(Flagged(flag))
    if word == "SAVEDATESUPPORTED":
        return Saved()
    cursor.space()
    return _parse_argument(cursor, word)


def _parse_argument(cursor: Cursor, word: str) -> Key:
    if word in HEADER_KEYS:
        return Header(word.capitalize(), _text(cursor))
    if word in DATE_KEYS:
        return Dated(word, cursor.date())
    match word:
        case "HEADER":
            name = _text(cursor)
            cursor.space()
            return Header(name, _text(cursor))
        case "BODY" | "TEXT":
            return Words(_text(cursor), in_header=word == "TEXT")
        case "LARGER" | "SMALLER":
            return Sized(cursor.modseq(), is_larger=word == "LARGER")
        case "KEYWORD":
            return Flagged(cursor.flag())
        case "UNKEYWORD":
            return Negated(Flagged(cursor.flag()))
        case "UID":
            return Numbered(cursor.sequence_set(), is_uid=True)
        case "OLDER" | "YOUNGER":
            return Within(cursor.number(), is_younger=word == "YOUNGER")
        case "MODSEQ":
            return _parse_modseq(cursor)
        case "EMAILID" | "THREADID":
            return Identified(_text(cursor), is_thread=word == "THREADID")
        case _:
            raise SyntaxRefused("SEARCH does not know this key")


def _parse_modseq(cursor: Cursor) -> Key:
    if cursor.peek(b'"'):  # an entry name and type (RFC 7162 §3.1.5): flags have one modification sequence here
        cursor.string()
        cursor.space()
        cursor.word()
        cursor.space()
    return Changed(cursor.modseq())


def _text(cursor: Cursor) -> str:
    try:
        return cursor.astring().decode()
    except UnicodeDecodeError:
        raise SyntaxRefused("the text is not UTF-8") from None
