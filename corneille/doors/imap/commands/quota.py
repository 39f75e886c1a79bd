"""GETQUOTA, GETQUOTAROOT, SETQUOTA (RFC 9208): one root, the person's mail account; STORAGE in units of 1024 octets."""

from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import find_place
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail import changes
from corneille.mail.names import normalise_name
from corneille.wire.imap.parse import Command

ROOT = "mail"


async def get_quota(session: Session, command: Command) -> str:
    if command.value.name != ROOT:
        raise No("There is no such quota root", "NONEXISTENT")
    _tell(session)
    return "GETQUOTA done"


async def get_quota_root(session: Session, command: Command) -> str:
    """Of a mailbox that is not there too: it would be in the same root (RFC 9208 §4.1.2)."""
    name = format_name(session, normalise_name(command.value.name))
    if (await find_place(session, command.value.name)).position is not None:  # it counts against nobody who reads it
        session.say(b"* QUOTAROOT %b\r\n" % name)
        return "GETQUOTAROOT done"
    session.say(b"* QUOTAROOT %b %b\r\n" % (name, ROOT.encode()))
    _tell(session)
    return "GETQUOTAROOT done"


async def set_quota(session: Session, command: Command) -> str:
    raise No("Quotas are set by the administration", "NOPERM")


def _tell(session: Session) -> None:
    quota = changes.get_quota(session.opened)
    used, limit = -(-quota.used_bytes // 1024), quota.limit_bytes // 1024
    session.say(b"* QUOTA %b (STORAGE %d %d)\r\n" % (ROOT.encode(), used, limit))
