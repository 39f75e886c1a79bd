"""NAMESPACE (RFC 9051 §6.3.10): one's own mail, and that of positions for who has any; levels separated by a slash."""

from corneille.doors.imap.place import list_positions
from corneille.doors.imap.session import Session
from corneille.doors.imap.shared_name import SHARED
from corneille.wire.imap.mailbox_name import encode_mailbox
from corneille.wire.imap.parse import Command
from corneille.wire.imap.string import format_string


async def tell_namespaces(session: Session, command: Command) -> str:
    shared = b"NIL"
    if await list_positions(session):
        shared = b'((%b "/"))' % format_string(encode_mailbox(f"{SHARED}/", utf8=session.is_utf8))
    session.say(b'* NAMESPACE (("" "/")) NIL %b\r\n' % shared)
    return "NAMESPACE done"
