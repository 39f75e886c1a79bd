"""LIST (RFC 9051 §6.3.9: LIST-EXTENDED, LIST-STATUS, SPECIAL-USE) and LSUB (RFC 3501 §6.3.9)."""

from dataclasses import dataclass

from corneille.wire.imap.commands.status import parse_items
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.mailbox_name import decode_mailbox
from corneille.wire.imap.syntax import NameRefused, SyntaxRefused

SELECTIONS = frozenset({"SUBSCRIBED", "REMOTE", "RECURSIVEMATCH", "SPECIAL-USE"})
RETURNS = frozenset({"SUBSCRIBED", "CHILDREN", "SPECIAL-USE", "MYRIGHTS"})
MAX_PATTERNS = 100


@dataclass(frozen=True, slots=True)
class List:
    """Patterns are joined to the reference by the door; a pattern that is no name matches nothing."""

    reference: str
    patterns: tuple[str, ...]
    selections: frozenset[str] = frozenset()
    returns: frozenset[str] = frozenset()
    status_items: tuple[str, ...] = ()
    is_extended: bool = False


def parse(cursor: Cursor) -> List:
    cursor.space()
    selections: frozenset[str] = frozenset()
    is_extended = False
    if cursor.take(b"("):
        is_extended = True
        selections = _parse_selections(cursor)
        cursor.space()
    reference = _decode(cursor.astring(), utf8=cursor.utf8)
    cursor.space()
    patterns: list[str] = []
    if cursor.take(b"("):
        is_extended = True
        while True:
            patterns.append(_decode(cursor.list_mailbox(), utf8=cursor.utf8))
            if len(patterns) > MAX_PATTERNS:
                raise SyntaxRefused("LIST takes 100 patterns at most")
            if cursor.take(b")"):
                break
            cursor.space()
    else:
        patterns.append(_decode(cursor.list_mailbox(), utf8=cursor.utf8))
    returns: frozenset[str] = frozenset()
    items: tuple[str, ...] = ()
    if cursor.take(b" "):
        is_extended = True
        if cursor.word() != "RETURN":
            raise SyntaxRefused("expected RETURN")
        cursor.space()
        returns, items = _parse_returns(cursor)
    return List(reference, tuple(patterns), selections, returns, items, is_extended)


def parse_lsub(cursor: Cursor) -> List:
    """LSUB takes a reference and one pattern."""
    cursor.space()
    reference = _decode(cursor.astring(), utf8=cursor.utf8)
    cursor.space()
    return List(reference, (_decode(cursor.list_mailbox(), utf8=cursor.utf8),))


def _parse_selections(cursor: Cursor) -> frozenset[str]:
    selections: set[str] = set()
    while not cursor.take(b")"):
        if selections:
            cursor.space()
        word = cursor.word()
        if word not in SELECTIONS:
            raise SyntaxRefused("LIST does not know this selection option")
        selections.add(word)
    # RFC 5258 §3: RECURSIVEMATCH and REMOTE need another option to recurse on.
    if "RECURSIVEMATCH" in selections and not selections - {"RECURSIVEMATCH", "REMOTE"}:
        raise SyntaxRefused("RECURSIVEMATCH needs another selection option")
    return frozenset(selections)


def _parse_returns(cursor: Cursor) -> tuple[frozenset[str], tuple[str, ...]]:
    cursor.expect(b"(")
    returns: set[str] = set()
    items: tuple[str, ...] = ()
    first = True
    while not cursor.take(b")"):
        if not first:
            cursor.space()
        first = False
        word = cursor.word()
        if word == "STATUS":
            cursor.space()
            items = parse_items(cursor)
        elif word in RETURNS:
            returns.add(word)
        else:
            raise SyntaxRefused("LIST does not know this return option")
    return frozenset(returns), items


def _decode(raw: bytes, *, utf8: bool) -> str:
    try:
        return decode_mailbox(raw, utf8=utf8) if raw.upper() != b"INBOX" else raw.decode()
    except NameRefused:
        return "\0"  # a control character is in no name, so this matches nothing
