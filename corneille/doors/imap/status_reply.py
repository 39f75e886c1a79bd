"""The STATUS response (RFC 9051 §7.3.4), for STATUS, LIST … RETURN (STATUS …) and NOTIFY."""

from collections.abc import Sequence

from corneille.doors.imap.mailbox_reply import format_name, format_object_id
from corneille.doors.imap.session import Session
from corneille.kernel.settings import of
from corneille.mail.criteria import HasFlag
from corneille.mail.fetch import fetch
from corneille.mail.recent import count_recent
from corneille.mail.search import search
from corneille.mail.settings import MailSettings
from corneille.mail.slices import finish
from corneille.mail.values import DELETED, MailAccount, Mailbox


def note_asked(session: Session, items: Sequence[str]) -> None:
    """The client itself asks for these, and with HIGHESTMODSEQ for what CONDSTORE tells (RFC 7162 §3.1)."""
    if "HIGHESTMODSEQ" in items:
        session.enable_condstore()


def format_status(session: Session, account: MailAccount, mailbox: Mailbox, items: Sequence[str]) -> bytes:
    """The response, the mailbox called as it is called here."""
    told = b" ".join(b"%b %b" % (item.encode(), _tell(account, mailbox, item)) for item in items)
    return b"* STATUS %b (%b)\r\n" % (format_name(session, mailbox.name), told)


def _tell(account: MailAccount, mailbox: Mailbox, item: str) -> bytes:
    match item:
        case "MAILBOXID":
            return b"(%b)" % format_object_id(mailbox)
        case "DELETED-STORAGE":
            return b"%d" % _count_deleted_kib(account, mailbox)
        case "RECENT":
            return b"%d" % count_recent(account, mailbox)
        case _:
            numbers = {
                "MESSAGES": mailbox.message_count, "UIDNEXT": mailbox.uid_next,
                "UIDVALIDITY": mailbox.uid_validity, "UNSEEN": mailbox.unseen_count, "DELETED": mailbox.deleted_count,
                "SIZE": mailbox.size_bytes, "HIGHESTMODSEQ": mailbox.highest_modseq,
                "APPENDLIMIT": of(MailSettings).message_bytes,
            }
            return b"%d" % numbers[item]


def _count_deleted_kib(account: MailAccount, mailbox: Mailbox) -> int:
    """RFC 9208 §4.1.4, in units of 1024 octets; only messages that are marked are looked at."""
    if not mailbox.deleted_count:
        return 0
    marked = [(uid, uid) for uid in finish(search(account, mailbox.id, HasFlag(DELETED)))]
    rows = (row for slice in fetch(account, mailbox.id, marked) for row in slice)
    return -(-sum(row.size_bytes for row in rows) // 1024)
