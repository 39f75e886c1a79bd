"""APPEND (RFC 9051 §6.3.12), of one message or several, all or none (RFC 3502)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.flag_names import choose_flags
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.mail import append as mail
from corneille.mail.values import NewMessage
from corneille.people.position_right import PositionRight
from corneille.wire.imap.commands.append import Appended
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set
from corneille.wire.mime.encode_binary import encode_binary


async def append(session: Session, command: Command) -> str:
    messages = [make_message(each) for each in command.value.messages]
    target = await require_mailbox(session, command.value.mailbox, PositionRight.WRITE, is_target=True)
    filed = await settle(mail.append(target.place.account, target.mailbox.id, messages))
    session.note_filed(target, [each.uid for each in filed], filed[-1].modseq)
    alert_room(session)
    uids = format_set(each.uid for each in filed).decode()
    return f"[APPENDUID {filed[0].uid_validity} {uids}] APPEND done"


def make_message(asked: Appended) -> NewMessage:
    """The message to file. Raises No for an empty one, Bad for flags that are none."""
    flags = choose_flags(asked.flags)
    if not asked.content:
        raise No("A message is not empty")
    content = encode_binary(asked.content) if asked.is_binary else asked.content
    return NewMessage(content, asked.received_at or clock.now(), flags)
