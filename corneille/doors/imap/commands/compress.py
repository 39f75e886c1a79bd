"""COMPRESS (RFC 4978)."""

from corneille.doors.imap.replies import AlreadyAnswered, No
from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def compress(session: Session, command: Command) -> str:
    """The reply is the last in clear; what the client sent before it read that is no DEFLATE, and forgotten."""
    if session.connection.is_compressed:
        raise No("Compression is active already", "COMPRESSIONACTIVE")
    session.sync(may_expunge=True)
    session.say(f"{command.tag} OK DEFLATE from here\r\n".encode())
    session.flush()
    session.forget_input()
    session.connection.compress()
    raise AlreadyAnswered
