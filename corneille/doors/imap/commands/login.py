"""LOGIN (RFC 9051 §6.2.3): never in clear."""

from corneille.doors.imap.replies import tls_first
from corneille.doors.imap.session import Session
from corneille.doors.imap.sign_in import sign_session_in
from corneille.wire.imap.parse import Command
from corneille.wire.sasl.credentials import Credentials


async def log_in(session: Session, command: Command) -> str:
    if not session.connection.is_tls:
        raise tls_first()
    await sign_session_in(session, Credentials(command.value.identifier, command.value.secret))
    return f"[CAPABILITY {session.capabilities.decode()}] Signed in"
