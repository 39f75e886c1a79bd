"""ENABLE (RFC 9051 §6.3.1)."""

from corneille.doors.imap.capability import ENABLED_BY_NAME
from corneille.doors.imap.naming import UIDS
from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def enable(session: Session, command: Command) -> str:
    enabled = [name for name in command.value.names if name in ENABLED_BY_NAME]
    session.say(f"* ENABLED{''.join(' ' + name for name in enabled)}\r\n".encode())
    if "IMAP4REV2" in enabled:
        session.is_rev2 = True
    if "UTF8=ACCEPT" in enabled:
        session.is_utf8_accept = True
    if "QRESYNC" in enabled:
        session.is_qresync = True
    if "UIDONLY" in enabled:
        session.naming = UIDS
        for context in session.selected.contexts.values() if session.selected is not None else ():
            context.is_uid = True  # no ESEARCH tells numbers any more (RFC 9586 §3)
    if "CONDSTORE" in enabled or "QRESYNC" in enabled:
        session.enable_condstore()
    return "ENABLE done"
