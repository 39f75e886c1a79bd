"""RENAME (RFC 9051 §6.3.6)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.session import Session
from corneille.mail.mailbox import rename_mailbox
from corneille.wire.imap.parse import Command


async def rename(session: Session, command: Command) -> str:
    new_name = command.value.new_name.removesuffix("/")
    await settle(rename_mailbox(session.opened, command.value.mailbox, new_name))
    return "RENAME done"
