"""RENAME (RFC 9051 §6.3.6)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.place import find_new_place, find_place
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail.mailbox import rename_mailbox
from corneille.people.position_right import PositionRight
from corneille.wire.imap.parse import Command


async def rename(session: Session, command: Command) -> str:
    new_name = command.value.new_name.removesuffix("/")
    source, target = await find_place(session, command.value.mailbox), await find_new_place(session, new_name)
    source.check(PositionRight.WRITE)
    if source.account.id != target.account.id:
        raise No("A mailbox stays in its mail account", "CANNOT")
    await settle(rename_mailbox(source.account, source.name, target.name))
    if session.elsewhere is not None:
        session.elsewhere.own.add_tree(new_name)
    return "RENAME done"
