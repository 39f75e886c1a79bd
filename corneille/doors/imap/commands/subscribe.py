"""SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.7, §6.3.8)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.place import find_place, require_mailbox
from corneille.doors.imap.session import Session
from corneille.mail import mailbox
from corneille.mail.names import normalise_name
from corneille.wire.imap.parse import Command


async def subscribe(session: Session, command: Command) -> str:
    name = command.value.mailbox.removesuffix("/")
    is_wanted = command.word == "SUBSCRIBE"
    place = await find_place(session, name)
    if place.position is not None and is_wanted:
        await require_mailbox(session, name)
    # Whoever subscribes to a position's mailbox does so for themselves: it is noted in their own mail.
    is_elsewhere = place.position is not None
    await settle(mailbox.subscribe(session.opened, name, subscribed=is_wanted, is_elsewhere=is_elsewhere))
    if session.elsewhere is not None:
        session.elsewhere.own.subscriptions.add(normalise_name(name))
    return f"{command.word} done"
