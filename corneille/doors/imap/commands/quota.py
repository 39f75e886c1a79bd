"""GETQUOTA, GETQUOTAROOT, SETQUOTA (RFC 9208): one root, the person's mail account; STORAGE in units of 1024 octets."""

from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail import changes
from corneille.wire.imap.parse import Command

ROOT = "mail"


async def get_quota(session: Session, command: Command) -> str:
    if command.value.name != ROOT:
        raise No("There is no such quota root", "NONEXISTENT")
    _tell(session)
    return "GETQUOTA done"


async def get_quota_root(session: Session, command: Command) -> str:
    found = await require_mailbox(session, command.value.name)
    name = format_name(session, found.mailbox.name)
    if found.place.position is not None:  # what it holds counts against nobody who reads it
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
