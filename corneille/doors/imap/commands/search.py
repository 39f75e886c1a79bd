"""SEARCH (RFC 9051 §6.4.4): ESEARCH returns, SEARCHRES (RFC 5182), MODSEQ (RFC 7162 §3.1.5)."""

from collections.abc import Sequence

from corneille.doors.imap.search_key import translate
from corneille.doors.imap.session import Session
from corneille.mail import search as mail
from corneille.mail.fetch import list_flags
from corneille.wire.imap.commands.search import Search, uses_modseq
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def search(session: Session, command: Command) -> str:
    asked: Search = command.value
    selected = session.mailbox
    saves = asked.returns is not None and "SAVE" in asked.returns
    try:
        with_modseq = uses_modseq(asked.key)
        if with_modseq:
            session.enable_condstore()
        found: list[int] = []
        for slice in mail.search(session.opened, selected.mailbox, translate(session, asked.key)):
            found.extend(uid for uid in slice if selected.find(uid) >= 0)  # not what the client has not heard of
            await session.breathe()
    except BaseException:
        if saves:
            selected.saved = ()  # RFC 5182 §2.1
        raise
    returns = asked.returns
    if saves:
        assert returns is not None
        selected.saved = _saved(found, returns)
        returns = returns - {"SAVE"}
        if not returns:
            return "SEARCH done, the result is saved"
    modseq = _highest_modseq(session, _told(found, returns)) if with_modseq and found else None
    numbers = found if command.is_uid else [selected.find(uid) + 1 for uid in found]
    if returns is None and not session.is_rev2:
        told = b"".join(b" %d" % number for number in numbers)
        session.say(b"* SEARCH%b%b\r\n" % (told, b"" if modseq is None else b" (MODSEQ %d)" % modseq))
    else:
        session.say(_format_extended(command, numbers, returns or frozenset({"ALL"}), modseq))
    return "SEARCH done"


def _saved(found: list[int], returns: frozenset[str]) -> Sequence[int]:
    """RFC 5182 §2.4: all that was found, unless only MIN or MAX were asked for."""
    return _told(found, returns - {"SAVE"}) if returns & {"MIN", "MAX"} else found


def _told(found: list[int], returns: frozenset[str] | None) -> list[int]:
    """The messages that the reply is about."""
    if not found or returns is None or not returns or returns & {"ALL", "COUNT"}:
        return found
    ends = ([found[0]] if "MIN" in returns else []) + ([found[-1]] if "MAX" in returns else [])
    return sorted(set(ends))


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
