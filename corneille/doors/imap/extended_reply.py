"""What SEARCH and SORT have in common: finding, ESEARCH (RFC 4731, RFC 5267), SEARCHRES (RFC 5182), MODSEQ."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from corneille.doors.imap.search_key import translate
from corneille.doors.imap.session import Session
from corneille.mail import search as mail
from corneille.mail.fetch import list_flags
from corneille.wire.imap.commands.search import Key, Search, uses_modseq
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def find(session: Session, key: Key) -> list[int]:
    """The UIDs that match, ascending; none that the client has not heard of."""
    selected = session.mailbox
    if uses_modseq(key):
        session.enable_condstore()
    found: list[int] = []
    for slice in mail.search(session.opened, selected.mailbox, translate(session, key)):
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
        session.mailbox.saved = sorted(_saved(found, returns))
        returns = returns - {"SAVE"}
        if not returns:
            return f"{command.word} done, the result is saved"
    told = _told(found, returns)
    modseq = _highest_modseq(session, sorted(told)) if found and uses_modseq(asked.key) else None
    numbers = list_numbers(session, command, found)
    if returns is None and not (session.is_rev2 and command.word == "SEARCH"):
        tail = b"" if modseq is None else b" (MODSEQ %d)" % modseq
        session.say(b"* %b%b%b\r\n" % (command.word.encode(), b"".join(b" %d" % each for each in numbers), tail))
    else:
        session.say(_format_extended(command, numbers, returns or frozenset({"ALL"}), modseq))
    return f"{command.word} done"


def list_numbers(session: Session, command: Command, uids: list[int]) -> list[int]:
    """UIDs as the command tells them."""
    return uids if command.is_uid else [session.mailbox.find(uid) + 1 for uid in uids]


def _saved(found: list[int], returns: frozenset[str]) -> Sequence[int]:
    """RFC 5182 §2.4: all that was found, unless only MIN or MAX were asked for."""
    return _told(found, returns - {"SAVE"}) if returns & {"MIN", "MAX"} else found


def _told(found: list[int], returns: frozenset[str] | None) -> list[int]:
    """The messages that the reply is about."""
    if not found or returns is None or not returns or returns & {"ALL", "COUNT"}:
        return found
    ends = ([found[0]] if "MIN" in returns else []) + ([found[-1]] if "MAX" in returns else [])
    return list(dict.fromkeys(ends))


def _format_extended(command: Command, numbers: list[int], returns: frozenset[str], modseq: int | None) -> bytes:
    parts = [b'* ESEARCH (TAG "%b")' % command.tag.replace("\\", "\\\\").encode()]
    if command.is_uid:
        parts.append(b"UID")
    if numbers and "MIN" in returns:
        parts.append(b"MIN %d" % numbers[0])
    if numbers and "MAX" in returns:
        parts.append(b"MAX %d" % numbers[-1])
    if "COUNT" in returns:
        parts.append(b"COUNT %d" % len(numbers))
    if numbers and "ALL" in returns:
        parts.append(b"ALL %b" % format_set(numbers))
    if modseq is not None:
        parts.append(b"MODSEQ %d" % modseq)
    return b" ".join(parts) + b"\r\n"


def _highest_modseq(session: Session, uids: list[int]) -> int:
    selected = session.mailbox
    ranges = selected.uid_ranges(selected.spans_of(uids))
    rows = (row for slice in list_flags(session.opened, selected.mailbox, ranges) for row in slice)
    return max((modseq for _, modseq, _ in rows), default=selected.modseq)
