"""CAPABILITY (RFC 9051 §6.1.1)."""

from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def tell_capabilities(session: Session, command: Command) -> str:
    session.say(b"* CAPABILITY %b\r\n" % session.capabilities)
    return "These are the capabilities"
