"""SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.session import Session
from corneille.mail import mailbox
from corneille.wire.imap.parse import Command


async def subscribe(session: Session, command: Command) -> str:
    name = command.value.mailbox.removesuffix("/")
    await settle(mailbox.subscribe(session.opened, name, subscribed=command.word == "SUBSCRIBE"))
    return f"{command.word} done"
