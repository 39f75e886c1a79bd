"""EXPUNGE (RFC 9051 §6.4.3) and UID EXPUNGE (RFC 4315)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.session import Session
from corneille.mail import move as mail
from corneille.wire.imap.parse import Command


async def expunge(session: Session, command: Command) -> str:
    selected = session.mailbox
    session.check_writable()
    uids = None
    if command.value.uids is not None:
        uids = list(selected.iterate(session.spans(command.value.uids, is_uid=True)))
        if not uids:
            return "No message to expunge"
    gone = await settle(mail.expunge(session.mailbox.account, selected.mailbox, uids))
    session.sync(may_expunge=True, gone=gone)
    told = f"[HIGHESTMODSEQ {selected.told_modseq}] " if session.is_qresync else ""
    return f"{told}EXPUNGE done"
