"""SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3), with CONDSTORE and QRESYNC (RFC 7162 §3.2.5)."""

from bisect import bisect_left, bisect_right

from corneille.doors.imap.mailbox_reply import format_name, format_object_id
from corneille.doors.imap.place import enter, require_mailbox
from corneille.doors.imap.replies import Bad
from corneille.doors.imap.selected import Selected
from corneille.doors.imap.session import Session
from corneille.kernel.ids import ModSeq
from corneille.kernel.runs import intersect, subtract
from corneille.mail.changes import list_changes
from corneille.mail.fetch import list_flags
from corneille.mail.mailbox import view_mailbox
from corneille.mail.values import View
from corneille.wire.imap.commands.select import Resync
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import SequenceSet, format_runs


async def select(session: Session, command: Command) -> str:
    asked = command.value
    if asked.resync is not None and not session.is_qresync:
        raise Bad("ENABLE QRESYNC first")
    if session.is_uidonly and asked.resync is not None and asked.resync.sequence_match is not None:
        raise Bad("After ENABLE UIDONLY messages are named by their UIDs", "UIDREQUIRED")
    if session.selected is not None:
        session.leave_mailbox()
        session.say(b"* OK [CLOSED] The mailbox before is closed\r\n")
    found = await require_mailbox(session, asked.mailbox)
    await enter(session, found.place)
    account = found.place.account
    view = view_mailbox(account, found.mailbox.id)
    is_read_only = command.word == "EXAMINE"
    selected = Selected(
        account, view, is_read_only=is_read_only, tells_recent=not session.is_rev2, position=found.place.position
    )
    if asked.condstore:
        session.is_condstore = True
    _tell(session, view, selected, found.mailbox.name)
    session.selected = selected
    if asked.resync is not None:
        await _resync(session, asked.resync)
    return f"[READ-{'ONLY' if is_read_only else 'WRITE'}] {command.word} done"


def _tell(session: Session, view: View, selected: Selected, name: str) -> None:
    mailbox, flags = view.mailbox, selected.format_flags()
    session.say(
        b"* FLAGS (%b)\r\n" % flags,
        b"* OK [PERMANENTFLAGS (%b)] Flags that stay\r\n" % selected.format_permanent(),
        b"* %d EXISTS\r\n" % len(selected.uids),
    )
    if session.is_rev2:
        session.say(b'* LIST () "/" %b\r\n' % format_name(session, name))
    else:
        session.say(selected.format_recent())
        if view.first_unseen is not None and not session.is_uidonly:
            session.say(b"* OK [UNSEEN %d] First unseen message\r\n" % (selected.find(view.first_unseen) + 1))
    session.say(
        b"* OK [UIDVALIDITY %d] UIDs are valid\r\n" % mailbox.uid_validity,
        b"* OK [UIDNEXT %d] Predicted next UID\r\n" % mailbox.uid_next,
        b"* OK [HIGHESTMODSEQ %d] Highest\r\n" % mailbox.highest_modseq,
        b"* OK [MAILBOXID (%b)] Object id\r\n" % format_object_id(mailbox),
    )


async def _resync(session: Session, asked: Resync) -> None:
    """Tells what changed since the client was last here; nothing when the UIDs are no longer the same."""
    selected = session.mailbox
    if asked.uid_validity != selected.uid_validity or asked.modseq >= selected.modseq:
        return
    changes = list_changes(session.mailbox.account, selected.mailbox, ModSeq(asked.modseq))
    vanished = subtract(changes.vanished, selected.uids)
    if asked.known_uids is not None:
        vanished = intersect(vanished, asked.known_uids.resolve(changes.uid_next - 1))
    if vanished:
        session.say(b"* VANISHED (EARLIER) %b\r\n" % format_runs(vanished))
    changed: list[int] = sorted([*(uid for uid, _, _ in changes.changed), *changes.appeared])
    if asked.known_uids is not None:
        changed = _among(changed, asked.known_uids)
    ranges = selected.uid_ranges(selected.spans_of(changed))
    at = 0
    for rows in list_flags(session.mailbox.account, selected.mailbox, ranges):
        if at:
            await session.breathe()
        for uid, modseq, flags in rows:
            at = selected.find(uid, at)
            session.say(selected.format_change(at, uid, flags, modseq, session.naming))


def _among(uids: list[int], numbers: SequenceSet) -> list[int]:
    """Those of these ascending UIDs that the set names."""
    ranges = numbers.resolve(uids[-1] if uids else 0)
    return [uid for low, high in ranges for uid in uids[bisect_left(uids, low) : bisect_right(uids, high)]]
