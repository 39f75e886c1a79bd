"""REPLACE (RFC 8508): a draft saved again, without a moment in which there are two or none."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.commands.append import make_message
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail import append as mail
from corneille.people.position_right import PositionRight
from corneille.wire.imap.commands.replace import Replace
from corneille.wire.imap.parse import Command


async def replace(session: Session, command: Command) -> str:
    asked: Replace = command.value
    selected = session.mailbox
    session.check_writable()
    uids = list(selected.iterate(session.spans(asked.number, is_uid=command.is_uid)))
    if not uids:
        raise No("There is no message of this UID", "NONEXISTENT")
    message = make_message(asked.message)
    target = await require_mailbox(session, asked.mailbox, PositionRight.WRITE, is_target=True)
    if target.place.account.id != selected.account.id:
        raise No("A message is replaced within one mail account", "CANNOT")
    filing = mail.append(selected.account, target.mailbox.id, [message], instead_of=(selected.mailbox, uids[0]))
    (filed,) = await settle(filing)
    session.say(f"* OK [APPENDUID {filed.uid_validity} {filed.uid}] The message is there\r\n".encode())
    session.note_filed(target, [filed.uid], filed.modseq)
    session.sync(may_expunge=True, gone=uids[:1])
    return "REPLACE done"
