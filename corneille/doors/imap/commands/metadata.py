"""GETMETADATA and SETMETADATA (RFC 5464)."""

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.kernel.ids import MailboxId
from corneille.mail import metadata as mail
from corneille.mail.values import Limits
from corneille.wire.imap.commands.metadata import GetMetadata, SetMetadata
from corneille.wire.imap.parse import Command
from corneille.wire.imap.string import format_astring, format_literal8, format_string


async def get_metadata(session: Session, command: Command) -> str:
    asked: GetMetadata = command.value
    kept = mail.list_metadata(session.opened, await _find(session, asked.mailbox))
    meant = [(entry, value) for entry, value in kept.items() if any(_is_under(entry, each, asked) for each in asked.entries)]
    told = [(entry, value) for entry, value in meant if asked.max_size_bytes is None or len(value) <= asked.max_size_bytes]
    if told:
        pairs = b" ".join(format_astring(entry.encode()) + b" " + _format(value) for entry, value in told)
        name = format_name(session, asked.mailbox) if asked.mailbox else b'""'
        session.say(b"* METADATA %b (%b)\r\n" % (name, pairs))
    longest = max((len(value) for _, value in meant), default=0)
    is_short = len(told) < len(meant)
    return f"{f'[METADATA LONGENTRIES {longest}] ' if is_short else ''}GETMETADATA done"


async def set_metadata(session: Session, command: Command) -> str:
    asked: SetMetadata = command.value
    mailbox = await _find(session, asked.mailbox)
    if mailbox is None and any(entry.startswith("/shared/") for entry, _ in asked.values):
        raise No("What the server tells everybody is not for clients to set", "NOPERM")
    if any(len(value or b"") > Limits.METADATA_BYTES for _, value in asked.values):
        raise No("The value is too long", f"METADATA MAXSIZE {Limits.METADATA_BYTES}")
    await settle(mail.set_metadata(session.opened, mailbox, dict(asked.values)))
    return "SETMETADATA done"


async def _find(session: Session, name: str) -> MailboxId | None:
    if not name:
        return None
    found = await require_mailbox(session, name)
    if found.place.position is not None:  # entries are one person's; here there would be one set for all
        raise No("Nothing is noted of the mail of a position", "NOPERM")
    return found.mailbox.id


def _is_under(entry: str, asked_entry: str, asked: GetMetadata) -> bool:
    """Whether this is the entry asked for, or stands as far below it as DEPTH says (RFC 5464 §4.2.2)."""
    if entry == asked_entry:
        return True
    if not entry.startswith(f"{asked_entry}/"):
        return False
    return asked.depth is None or entry.count("/", len(asked_entry)) <= asked.depth


def _format(value: bytes) -> bytes:
    return format_literal8(value) if b"\0" in value else format_string(value)
