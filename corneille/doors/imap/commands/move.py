"""MOVE (RFC 9051 §6.4.8): COPYUID first, then the messages go."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.commands.copy import format_copied
from corneille.doors.imap.mailbox_reply import require_mailbox
from corneille.doors.imap.session import Session
from corneille.mail import move as mail
from corneille.wire.imap.parse import Command


async def move(session: Session, command: Command) -> str:
    selected = session.mailbox
    session.check_writable()
    uids = list(selected.iterate(session.spans(command.value.numbers, is_uid=command.is_uid)))
    target = require_mailbox(session, command.value.mailbox, is_target=True)
    if not uids:
        return "No message to move"
    moved = await settle(mail.move(session.opened, selected.mailbox, uids, target.id))
    if moved.uids:
        session.say(f"* OK {format_copied(moved)}Moved\r\n".encode())
    session.sync(may_expunge=True)
    told = f"[HIGHESTMODSEQ {selected.modseq}] " if session.is_qresync else ""
    return f"{told}MOVE done"
