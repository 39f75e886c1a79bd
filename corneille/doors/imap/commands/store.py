"""STORE (RFC 9051 §6.4.6), with UNCHANGEDSINCE (RFC 7162 §3.1.3)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.flag_names import choose_flags
from corneille.doors.imap.selected import TOLD_ROWS
from corneille.doors.imap.session import Session
from corneille.kernel.ids import ModSeq
from corneille.mail.flag import FlagChange, flag
from corneille.mail.values import SEEN, Flagged
from corneille.wire.imap.commands.store import Store
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def store(session: Session, command: Command) -> str:
    asked: Store = command.value
    selected = session.mailbox
    session.check_writable(of_all=False)
    change, flags = _choose(session, FlagChange(asked.change), choose_flags(asked.flags))
    uids = list(selected.iterate(session.spans(asked.numbers, is_uid=command.is_uid)))
    if asked.unchanged_since is not None:
        session.enable_condstore()
    if not uids:
        return "No message to change"
    since = None if asked.unchanged_since is None else ModSeq(asked.unchanged_since)
    result = await settle(
        flag(session.mailbox.account, selected.mailbox, uids, change, flags, unchanged_since=since)
    )
    await _tell(session, command, result)
    if result.modified:
        numbers = result.modified if command.is_uid else [selected.find(uid) + 1 for uid in result.modified]
        return f"[MODIFIED {format_set(numbers).decode()}] Some messages had changed"
    return "STORE done"


def _choose(session: Session, change: FlagChange, flags: frozenset[str]) -> tuple[FlagChange, frozenset[str]]:
    """What of it this reader may change: of a position's mail perhaps \\Seen alone, and the rest is passed over (RFC
    4314 §4, STORE). Raises No where nothing is left."""
    if session.mailbox.may_write:
        return change, flags
    if change is FlagChange.REPLACE:
        return (FlagChange.ADD if SEEN in flags else FlagChange.REMOVE), frozenset({SEEN})
    if SEEN not in flags:
        session.check_writable()
    return change, frozenset({SEEN})


async def _tell(session: Session, command: Command, result: Flagged) -> None:
    """The new flags, unless silent; with CONDSTORE the new modification sequences in any case."""
    selected, is_silent = session.mailbox, command.value.is_silent
    with_uid = (command.is_uid or session.is_rev2 or session.is_qresync) and not session.naming.by_uid
    with_modseq = session.is_condstore
    session.say(*map(selected.learn, sorted({flags for _, _, flags in result.changed})))
    if not is_silent or with_modseq:
        rows = result.changed if is_silent else sorted(result.changed + result.unchanged)
        at = 0
        for place, (uid, modseq, flags) in enumerate(rows):
            if place and not place % TOLD_ROWS:
                await session.breathe()
            at = selected.find(uid, at)
            if at < 0:
                at = 0
                continue
            told = [b"UID %d" % uid] if with_uid else []
            if not is_silent:
                told.append(b"FLAGS (%b)" % selected.mark(uid, flags).encode())
            if with_modseq:
                told.append(b"MODSEQ (%d)" % modseq)
            session.say(b"%b%b)\r\n" % (session.naming.begin(at + 1, uid), b" ".join(told)))
    selected.note_own(result, is_silent=is_silent)
