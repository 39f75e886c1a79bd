"""LOGOUT (RFC 9051 §6.1.3)."""

from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def log_out(session: Session, command: Command) -> str:
    session.is_leaving = True
    session.say(b"* BYE Goodbye\r\n")
    return "LOGOUT done"
