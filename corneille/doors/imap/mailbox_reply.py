"""How a mailbox's name is written for this client, and how a command's name finds its mailbox."""

from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail.mailbox import find_mailbox
from corneille.mail.values import Mailbox
from corneille.wire.imap.mailbox_name import encode_mailbox
from corneille.wire.imap.string import format_astring


def format_name(session: Session, name: str) -> bytes:
    """The name as an astring in the session's own spelling."""
    return format_astring(encode_mailbox(name, utf8=session.is_utf8), utf8=session.is_utf8)


def require_mailbox(session: Session, name: str, *, is_target: bool = False) -> Mailbox:
    """The mailbox of this name. Raises No: TRYCREATE for a target of APPEND, COPY or MOVE (RFC 9051 §6.3.12)."""
    found = find_mailbox(session.opened, name)
    if found is None:
        raise No("There is no such mailbox", "TRYCREATE" if is_target else "NONEXISTENT")
    return found


def format_object_id(mailbox: Mailbox) -> bytes:
    """RFC 8474 §4: never that of another mailbox, whatever its name becomes."""
    return b"F%d" % mailbox.id
