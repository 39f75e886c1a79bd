"""GETQUOTA, GETQUOTAROOT, SETQUOTA (RFC 9208): a root for each mail account that the person has, their own called `mail`;
STORAGE in units of 1024 octets."""

from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import find_place, list_positions
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.mail import changes
from corneille.mail.names import normalise_name
from corneille.mail.values import MailAccount
from corneille.wire.imap.parse import Command

ROOT = "mail"


async def get_quota(session: Session, command: Command) -> str:
    asked = command.value.name
    shared = [] if asked == ROOT else [position.mail for position in await list_positions(session)]
    for account in (session.opened, *shared):
        if _name_root(session, account) == asked:
            _tell(session, account)
            return "GETQUOTA done"
    raise No("There is no such quota root", "NONEXISTENT")


async def get_quota_root(session: Session, command: Command) -> str:
    """Of a mailbox that is not there too: it would be in the same root (RFC 9208 §4.1.2)."""
    account = (await find_place(session, command.value.name)).account
    name = format_name(session, normalise_name(command.value.name))
    session.say(b"* QUOTAROOT %b %b\r\n" % (name, _name_root(session, account).encode()))
    _tell(session, account)
    return "GETQUOTAROOT done"


async def set_quota(session: Session, command: Command) -> str:
    raise No("Quotas are set by the administration", "NOPERM")


def _name_root(session: Session, account: MailAccount) -> str:
    return ROOT if account.id == session.opened.id else f"{ROOT}/{account.id}"


def _tell(session: Session, account: MailAccount) -> None:
    quota = changes.get_quota(account)
    used, limit = -(-quota.used_bytes // 1024), quota.limit_bytes // 1024
    session.say(b"* QUOTA %b (STORAGE %d %d)\r\n" % (_name_root(session, account).encode(), used, limit))
