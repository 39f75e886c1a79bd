"""How a mailbox's name and id are written for this client."""

from corneille.doors.imap.session import Session
from corneille.mail.values import Mailbox
from corneille.wire.imap.mailbox_name import encode_mailbox
from corneille.wire.imap.string import format_astring


def format_name(session: Session, name: str) -> bytes:
    """The name as an astring in the session's own spelling."""
    return format_astring(encode_mailbox(name, utf8=session.is_utf8), utf8=session.is_utf8)


def format_object_id(mailbox: Mailbox) -> bytes:
    """RFC 8474 §4: never that of another mailbox, whatever its name becomes."""
    return b"F%d" % mailbox.id
