"""What SEARCH and SORT have in common: finding, ESEARCH (RFC 4731, RFC 5267), SEARCHRES (RFC 5182), MODSEQ."""

from bisect import bisect_right
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain, islice

from corneille.doors.imap.context import format_correlator
from corneille.doors.imap.replies import Bad
from corneille.doors.imap.search_key import translate
from corneille.doors.imap.session import Session
from corneille.mail import search as mail
from corneille.mail.fetch import find_highest_modseq
from corneille.wire.imap.commands.search import Key, Search, uses_modseq, uses_numbers
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import iterate_set

PIECES = 4000
"""Numbers of an answer that are written in one turn of the loop: some two milliseconds."""


async def find(session: Session, key: Key) -> list[int]:
    """The UIDs that match, ascending; none that the client has not heard of. Raises Bad (RFC 9586 §3.5)."""
    selected = session.mailbox
    if session.is_uidonly and uses_numbers(key):
        raise Bad("After ENABLE UIDONLY messages are named by their UIDs: search for UID and these", "UIDREQUIRED")
    if uses_modseq(key):
        session.enable_condstore()
    found = await session.finish(mail.search(selected.account, selected.mailbox, translate(session, key)))
    # Nothing stands between those that the client knows: what it does not know came after them.
    return list[int](found[: bisect_right(found, selected.uids[-1])]) if selected.uids else []


@asynccontextmanager
async def saving(session: Session, asked: Search) -> AsyncIterator[None]:
    """A search that was to be saved and is answered NO leaves nothing saved, one that is BAD what was (RFC 5182 §2.1)."""
    try:
        yield
    except Bad:
        raise
    except BaseException:
        if asked.returns is not None and "SAVE" in asked.returns:
            session.mailbox.saved = ()
        raise


async def answer(session: Session, command: Command, asked: Search, found: list[int]) -> str:
    """Says what was found, in the order it is in, and returns the text after OK."""
    returns = asked.returns
    if returns is not None and "SAVE" in returns:
        session.mailbox.saved = sorted(_choose_saved(asked, found, returns))
        returns = returns - {"SAVE"}
        if not returns:
            return f"{command.word} done, the result is saved"
    modseq = None
    if found and uses_modseq(asked.key):
        modseq = await _find_modseq(session, sorted(_choose_told(asked, found, returns)))
    if returns is None and not (session.is_rev2 and command.word == "SEARCH"):
        told = (b" %d" % each for each in iterate_numbers(session, command, found))
        tail = b"" if modseq is None else b" (MODSEQ %d)" % modseq
        await say_long(session, chain([b"* %b" % command.word.encode()], told, [tail]))
    else:
        pieces = _make_pieces(session, command, asked, found, frozenset({"ALL"}) if returns is None else returns)
        await say_long(session, chain(pieces, [] if modseq is None else [b" MODSEQ %d" % modseq]))
    return f"{command.word} done"


async def say_long(session: Session, pieces: Iterator[bytes]) -> None:
    """Says one response that may name every message of the mailbox: made over several turns of the loop, said in one."""
    told: list[bytes] = []
    while len(some := list(islice(pieces, PIECES))) == PIECES:
        told.append(b"".join(some))
        await session.breathe()
    session.say(*told, *some, b"\r\n")


def iterate_numbers(session: Session, command: Command, uids: Iterable[int]) -> Iterator[int]:
    """UIDs as the command tells them."""
    return iter(uids) if command.is_uid else map(session.mailbox.number, uids)


def _choose_saved(asked: Search, found: list[int], returns: frozenset[str]) -> Sequence[int]:
    """RFC 5182 §2.4, RFC 9394 §3.1: all that was found, unless only ends or a page were asked for."""
    return _choose_told(asked, found, returns) if returns & {"MIN", "MAX", "PARTIAL"} else found


def _choose_told(asked: Search, found: list[int], returns: frozenset[str] | None) -> Sequence[int]:
    """The messages that the reply is about."""
    if not found or returns is None or returns & {"ALL", "COUNT"}:
        return found
    ends = ([found[0]] if "MIN" in returns else []) + ([found[-1]] if "MAX" in returns else [])
    page = asked.partial.cut(found) if asked.partial is not None else ()
    return list(dict.fromkeys([*ends, *page]))


def _make_pieces(
    session: Session, command: Command, asked: Search, found: list[int], returns: frozenset[str]
) -> Iterator[bytes]:
    """An ESEARCH reply, piece by piece."""
    yield b"* ESEARCH %b%b" % (format_correlator(command.tag), b" UID" if command.is_uid else b"")
    if found and returns & {"MIN", "MAX"}:
        first, last = iterate_numbers(session, command, [found[0], found[-1]])
        yield b" MIN %d" % first if "MIN" in returns else b""
        yield b" MAX %d" % last if "MAX" in returns else b""
    if "COUNT" in returns:
        yield b" COUNT %d" % len(found)
    if found and "ALL" in returns:
        yield b" ALL "
        yield from iterate_set(iterate_numbers(session, command, found))
    if asked.partial is not None:
        page = asked.partial.cut(found)
        yield b" PARTIAL (%b " % bytes(asked.partial)
        yield from iterate_set(iterate_numbers(session, command, page)) if page else [b"NIL"]
        yield b")"


async def _find_modseq(session: Session, uids: list[int]) -> int:
    """The highest of these messages."""
    selected = session.mailbox
    found = await session.finish(find_highest_modseq(selected.account, selected.mailbox, uids))
    return found or selected.modseq
