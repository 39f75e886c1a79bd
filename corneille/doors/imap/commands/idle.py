"""IDLE (RFC 9051 §6.3.13): fed by the mail account's wake-ups; after NOTIFY, what that asked for (RFC 5465 §4)."""

from corneille.doors.imap.replies import Bad
from corneille.doors.imap.session import Session
from corneille.doors.imap.tell import tell
from corneille.doors.imap.watcher import Watcher
from corneille.wire.imap.parse import Command


async def idle(session: Session, command: Command) -> str:
    watcher = Watcher(session) if session.watcher is None else None
    session.say(b"+ idling\r\n")
    try:
        await tell(session, may_expunge=True)
        line = await session.read_line()
    finally:
        if watcher is not None:
            watcher.stop()
    if line.upper() != b"DONE":
        raise Bad("IDLE ends with DONE")
    return "IDLE done"
