"""GETMETADATA and SETMETADATA (RFC 5464)."""

from dataclasses import dataclass

from corneille.doors.frame.bridge import settle
from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.kernel.ids import MailboxId
from corneille.mail import metadata as mail
from corneille.mail.values import Limits, MailAccount
from corneille.people.position_right import PositionRight
from corneille.wire.imap.commands.metadata import GetMetadata, SetMetadata
from corneille.wire.imap.parse import Command
from corneille.wire.imap.string import format_astring, format_literal8, format_string


@dataclass(frozen=True, slots=True)
class Target:
    """What is noted of: a mailbox, called as this client calls it, or with "" and None the server."""

    name: str
    account: MailAccount
    mailbox: MailboxId | None


async def get_metadata(session: Session, command: Command) -> str:
    asked: GetMetadata = command.value
    target = await _find(session, asked.mailbox)
    kept = mail.list_metadata(target.account, target.mailbox)
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
    is_shared = any(entry.startswith("/shared/") for entry, _ in asked.values)
    target = await _find(session, asked.mailbox, PositionRight.WRITE if is_shared else PositionRight.READ)
    if target.mailbox is None and is_shared:
        raise No("What the server tells everybody is not for clients to set", "NOPERM")
    if any(len(value or b"") > Limits.METADATA_BYTES for _, value in asked.values):
        raise No("The value is too long", f"METADATA MAXSIZE {Limits.METADATA_BYTES}")
    await settle(mail.set_metadata(target.account, target.mailbox, dict(asked.values)))
    if session.elsewhere is not None:
        session.elsewhere.own.notes.update((target.name, entry) for entry, _ in asked.values)
    return "SETMETADATA done"


async def _find(session: Session, name: str, right: PositionRight = PositionRight.READ) -> Target:
    """In the mail of a position /private/ is each reader's own, and who may write there sets /shared/."""
    if not name:
        return Target("", session.opened, None)
    found = await require_mailbox(session, name, right)
    return Target(found.mailbox.name, found.place.account, found.mailbox.id)


def _is_under(entry: str, asked_entry: str, asked: GetMetadata) -> bool:
    """Whether this is the entry asked for, or stands as far below it as DEPTH says (RFC 5464 §4.2.2)."""
    if entry == asked_entry:
        return True
    if not entry.startswith(f"{asked_entry}/"):
        return False
    return asked.depth is None or entry.count("/", len(asked_entry)) <= asked.depth


def _format(value: bytes) -> bytes:
    return format_literal8(value) if b"\0" in value else format_string(value)
