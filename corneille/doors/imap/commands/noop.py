"""NOOP (RFC 9051 §6.1.2) and CHECK (RFC 3501 §6.4.1): what others changed is told after every command."""

from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def do_nothing(session: Session, command: Command) -> str:
    return f"{command.word} done"
