"""What SEARCH and SORT have in common: finding, ESEARCH (RFC 4731, RFC 5267), SEARCHRES (RFC 5182), MODSEQ."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from corneille.doors.imap.context import format_correlator
from corneille.doors.imap.replies import Bad
from corneille.doors.imap.search_key import translate
from corneille.doors.imap.session import Session
from corneille.mail import search as mail
from corneille.mail.fetch import list_flags
from corneille.wire.imap.commands.search import Key, Search, uses_modseq, uses_numbers
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def find(session: Session, key: Key) -> list[int]:
    """The UIDs that match, ascending; none that the client has not heard of. Raises Bad (RFC 9586 §3.5)."""
    selected = session.mailbox
    if session.is_uidonly and uses_numbers(key):
        raise Bad("After ENABLE UIDONLY messages are named by their UIDs: search for UID and these", "UIDREQUIRED")
    if uses_modseq(key):
        session.enable_condstore()
    found: list[int] = []
    for slice in mail.search(session.mailbox.account, selected.mailbox, translate(session, key)):
        found.extend(uid for uid in slice if selected.find(uid) >= 0)
        await session.breathe()
    return found


@asynccontextmanager
async def saving(session: Session, asked: Search) -> AsyncIterator[None]:
    """A search that was to be saved and fails leaves nothing saved (RFC 5182 §2.1)."""
    try:
        yield
    except BaseException:
        if asked.returns is not None and "SAVE" in asked.returns:
            session.mailbox.saved = ()
        raise


def answer(session: Session, command: Command, asked: Search, found: list[int]) -> str:
    """Says what was found, in the order it is in, and returns the text after OK."""
    returns = asked.returns
    if returns is not None and "SAVE" in returns:
        session.mailbox.saved = sorted(_choose_saved(asked, found, returns))
        returns = returns - {"SAVE"}
        if not returns:
            return f"{command.word} done, the result is saved"
    modseq = None
    if found and uses_modseq(asked.key):
        modseq = _highest_modseq(session, sorted(_choose_told(asked, found, returns)))
    if returns is None and not (session.is_rev2 and command.word == "SEARCH"):
        told = b"".join(b" %d" % each for each in list_numbers(session, command, found))
        tail = b"" if modseq is None else b" (MODSEQ %d)" % modseq
        session.say(b"* %b%b%b\r\n" % (command.word.encode(), told, tail))
    else:
        parts = _list_parts(session, command, asked, found, frozenset({"ALL"}) if returns is None else returns)
        parts += [] if modseq is None else [b"MODSEQ %d" % modseq]
        session.say(b" ".join(parts) + b"\r\n")
    return f"{command.word} done"


def list_numbers(session: Session, command: Command, uids: Sequence[int]) -> Sequence[int]:
    """UIDs as the command tells them."""
    return uids if command.is_uid else [session.mailbox.find(uid) + 1 for uid in uids]


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


def _list_parts(session: Session, command: Command, asked: Search, found: list[int], returns: frozenset[str]) -> list[bytes]:
    """An ESEARCH reply, word for word."""
    parts = [b"* ESEARCH", format_correlator(command.tag)]
    if command.is_uid:
        parts.append(b"UID")
    if found and returns & {"MIN", "MAX"}:
        first, last = list_numbers(session, command, [found[0], found[-1]])
        parts += [b"MIN %d" % first] if "MIN" in returns else []
        parts += [b"MAX %d" % last] if "MAX" in returns else []
    if "COUNT" in returns:
        parts.append(b"COUNT %d" % len(found))
    if found and "ALL" in returns:
        parts.append(b"ALL %b" % format_set(list_numbers(session, command, found)))
    if asked.partial is not None:
        page = format_set(list_numbers(session, command, asked.partial.cut(found)))
        parts.append(b"PARTIAL (%b %b)" % (bytes(asked.partial), page or b"NIL"))
    return parts


def _highest_modseq(session: Session, uids: list[int]) -> int:
    selected = session.mailbox
    ranges = selected.uid_ranges(selected.spans_of(uids))
    rows = (row for slice in list_flags(session.mailbox.account, selected.mailbox, ranges) for row in slice)
    return max((modseq for _, modseq, _ in rows), default=selected.modseq)
