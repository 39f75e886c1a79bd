"""COPY (RFC 9051 §6.4.7)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.mailbox_reply import require_mailbox
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.session import Session
from corneille.mail import move as mail
from corneille.mail.values import Moved
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def copy(session: Session, command: Command) -> str:
    selected = session.mailbox
    uids = list(selected.iterate(session.spans(command.value.numbers, is_uid=command.is_uid)))
    target = require_mailbox(session, command.value.mailbox, is_target=True)
    if not uids:
        return "No message to copy"
    copied = await settle(mail.copy(session.opened, selected.mailbox, uids, target.id))
    alert_room(session)
    return f"{format_copied(copied)}COPY done"


def format_copied(moved: Moved) -> str:
    """The COPYUID code and a space; nothing when every message had gone (RFC 4315 §3)."""
    if not moved.uids:
        return ""
    source, target = format_set(moved.source_uids).decode(), format_set(moved.uids).decode()
    return f"[COPYUID {moved.uid_validity} {source} {target}] "
