"""DELETE (RFC 9051 §6.3.5)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.session import Session
from corneille.mail.mailbox import delete_mailbox
from corneille.people.position_right import PositionRight
from corneille.wire.imap.parse import Command


async def delete(session: Session, command: Command) -> str:
    found = await require_mailbox(session, command.value.mailbox, PositionRight.WRITE)
    await settle(delete_mailbox(found.place.account, found.place.name))
    if session.elsewhere is not None:
        session.elsewhere.own.add_name(command.value.mailbox)
    selected, deleted = session.selected, (found.place.account.id, found.mailbox.id)
    if selected is not None and (selected.account.id, selected.mailbox) == deleted:
        session.leave_mailbox()
        session.say(b"* OK [CLOSED] The selected mailbox was deleted\r\n")
    return "DELETE done"
