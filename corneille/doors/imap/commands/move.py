"""MOVE (RFC 9051 §6.4.8): COPYUID first, then the messages go."""

from corneille.doors.imap.commands.copy import copy_to, format_copied
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.session import Session
from corneille.people.position_right import PositionRight
from corneille.wire.imap.parse import Command


async def move(session: Session, command: Command) -> str:
    selected = session.mailbox
    session.check_writable()
    uids = list(selected.iterate(session.spans(command.value.numbers, is_uid=command.is_uid)))
    target = await require_mailbox(session, command.value.mailbox, PositionRight.WRITE, is_target=True)
    if not uids:
        return "No message to move"
    moved = await copy_to(session, uids, target, leaves=True)
    session.note_filed(target, moved.uids, moved.modseq)
    if moved.uids:
        session.say(f"* OK {format_copied(moved)}Moved\r\n".encode())
    session.sync(may_expunge=True, gone=moved.source_uids)
    told = f"[HIGHESTMODSEQ {selected.told_modseq}] " if session.is_qresync else ""
    return f"{told}MOVE done"
