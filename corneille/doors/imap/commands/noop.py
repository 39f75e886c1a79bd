"""NOOP (RFC 9051 §6.1.2) and CHECK (RFC 3501 §6.4.1): what others changed is told after every command."""

from corneille.doors.imap.room import alert_room
from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def do_nothing(session: Session, command: Command) -> str:
    alert_room(session, is_polled=True)
    if session.watcher is not None:
        session.watcher.is_due = True  # who asks is told, even if a wake-up was lost
    return f"{command.word} done"
