"""The STATUS response (RFC 9051 §7.3.4), for STATUS, LIST … RETURN (STATUS …) and NOTIFY."""

from collections.abc import Sequence

from corneille.doors.imap.mailbox_reply import format_name, format_object_id
from corneille.doors.imap.session import Session
from corneille.kernel.settings import of
from corneille.mail.fetch import sum_deleted_bytes
from corneille.mail.recent import count_recent
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount, Mailbox


def note_asked(session: Session, items: Sequence[str]) -> None:
    """The client itself asks for these, and with HIGHESTMODSEQ for what CONDSTORE tells (RFC 7162 §3.1)."""
    if "HIGHESTMODSEQ" in items:
        session.enable_condstore()


async def make_status(session: Session, account: MailAccount, mailbox: Mailbox, items: Sequence[str]) -> bytes:
    """The response, the mailbox called as it is called here; what has to be added up over several turns of the loop."""
    deleted_bytes = 0
    if "DELETED-STORAGE" in items and mailbox.deleted_count:
        deleted_bytes = await session.finish(sum_deleted_bytes(account, mailbox.id))
    return format_status(session, account, mailbox, items, deleted_bytes)


def format_status(
    session: Session, account: MailAccount, mailbox: Mailbox, items: Sequence[str], deleted_bytes: int = 0
) -> bytes:
    """The same for who asks for no DELETED-STORAGE, or knows it."""
    told = b" ".join(b"%b %b" % (item.encode(), _tell(account, mailbox, item, deleted_bytes)) for item in items)
    return b"* STATUS %b (%b)\r\n" % (format_name(session, mailbox.name), told)


def _tell(account: MailAccount, mailbox: Mailbox, item: str, deleted_bytes: int) -> bytes:
    match item:
        case "MAILBOXID":
            return b"(%b)" % format_object_id(mailbox)
        case "DELETED-STORAGE":
            return b"%d" % -(-deleted_bytes // 1024)  # RFC 9208 §4.1.4
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
