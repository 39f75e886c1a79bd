"""STATUS (RFC 9051 §6.3.11), with SIZE, HIGHESTMODSEQ, APPENDLIMIT, MAILBOXID and DELETED-STORAGE."""

from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.session import Session
from corneille.doors.imap.status_reply import make_status, note_asked
from corneille.wire.imap.parse import Command


async def tell_status(session: Session, command: Command) -> str:
    found = await require_mailbox(session, command.value.mailbox)
    note_asked(session, command.value.items)
    session.say(await make_status(session, found.place.account, found.mailbox, command.value.items))
    return "STATUS done"
