"""CLOSE (RFC 9051 §6.4.1) and UNSELECT (§6.4.2)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.session import Session
from corneille.mail.move import expunge
from corneille.wire.imap.parse import Command


async def close(session: Session, command: Command) -> str:
    """Removes what is marked \\Deleted, in silence, unless the mailbox was opened for reading only."""
    selected = session.mailbox
    if not selected.is_read_only and selected.may_write:
        await settle(expunge(session.mailbox.account, selected.mailbox))
    session.leave_mailbox()
    return "CLOSE done"


async def unselect(session: Session, command: Command) -> str:
    session.leave_mailbox()
    return "UNSELECT done"
