"""CREATE (RFC 9051 §6.3.4), with a special use (RFC 6154 §3)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.mailbox_reply import format_object_id
from corneille.doors.imap.place import find_new_place
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail.mailbox import create_mailbox
from corneille.mail.values import SpecialUse
from corneille.wire.imap.parse import Command

_USES = {use.value.lower(): use for use in SpecialUse}


async def create(session: Session, command: Command) -> str:
    uses = command.value.uses
    if len(uses) > 1 or any(use.lower() not in _USES for use in uses):
        raise No("A mailbox has one of these uses: " + " ".join(SpecialUse), "USEATTR")
    # A trailing separator only says that there will be levels below (§6.3.4).
    name = command.value.mailbox.removesuffix("/")
    use = _USES[uses[0].lower()] if uses else None
    place = await find_new_place(session, name)
    made = await settle(create_mailbox(place.account, place.name, use))
    if session.elsewhere is not None:
        session.elsewhere.own.add_name(name)
    return f"[MAILBOXID ({format_object_id(made).decode()})] CREATE done"
