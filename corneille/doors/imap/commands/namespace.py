"""NAMESPACE (RFC 9051 §6.3.10): one's own mail, levels separated by a slash."""

from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def tell_namespaces(session: Session, command: Command) -> str:
    session.say(b'* NAMESPACE (("" "/")) NIL NIL\r\n')
    return "NAMESPACE done"
