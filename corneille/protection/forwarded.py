"""Reports by forwarding: what people send to signalement@ is read, made into reports, and thanked for.

The address is a mailbox of its own, nobody's login. Only what somebody sent who had signed in makes a report, in their
name; anything else goes to that mailbox's Junk, unread.
"""

from datetime import datetime
from functools import partial

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId, MessageId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.mail.criteria import HeaderHas
from corneille.mail.fetch import fetch, list_messages, read_content
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.names import INBOX
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.remove import remove
from corneille.mail.robot import find_robot_address, open_robot, settle_each
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.values import MailAccount, SpecialUse, Summary
from corneille.people.address import resolve_address
from corneille.protection.judge import Origin
from corneille.protection.read_letter import find_origin, read_sender
from corneille.protection.report import FORWARD, TooManyReports, file_report, put_into_junk, tell_officers_beyond
from corneille.protection.settings import Protection
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.part import Part
from corneille.wire.mime.scan import scan, walk
from corneille.wire.mime.section import decode_body
from corneille.wire.mime.subject import base_subject

AT_ONCE = 50
TASK = "forwarded-reports"


def find_report_address() -> str:
    """The address to forward to; "" where there is none."""
    return find_robot_address(of(Protection).report_local_part)


def read_forwarded(now: datetime) -> int:
    """Makes reports of what has come; gives how many messages were settled."""
    mail = open_robot(of(Protection).report_local_part, "Signalement", now)
    inbox = find_mailbox(mail, INBOX) if mail is not None else None
    if mail is None or inbox is None:
        return 0
    lines = list_messages(mail, inbox.id, limit=AT_ONCE).summaries
    return settle_each(mail, inbox.id, lines, partial(_settle, mail, now), TASK)


def _settle(mail: MailAccount, now: datetime, line: Summary) -> bool:
    content = read_content(mail, line.id)
    root = scan(content)
    headers = parse_headers(content, root)
    reporter = resolve_address(read_sender(headers).address)
    if reporter is None or find_origin(headers) is not Origin.INSIDE:
        put_into_junk(mail, line.id)
        return True
    try:
        _report(reporter, content, root, now)
    except TooManyReports:
        put_into_junk(mail, line.id)
        _tell_beyond(reporter, now)
        return True
    remove(mail, line.mailbox, [line.uid], for_good=True).result()
    return True


def _report(reporter: AccountId, content: bytes, root: Part, now: datetime) -> None:
    """What is attached or, where nothing is, what the message quotes. Raises TooManyReports, once it has begun too."""
    attached, limit = _list_attached(content, root), of(Protection).reports_per_day_count
    for inner in attached[:limit]:
        file_report(reporter, inner, scan(inner), FORWARD, now)
        _junk_own(reporter, inner)
    if not attached:
        _report_inline(reporter, content, root, now)
    if len(attached) > limit:
        tell_officers_beyond(reporter, now)
        raise TooManyReports


def _tell_beyond(reporter: AccountId, now: datetime) -> None:
    """Says, once a day, that what was forwarded is not read: nobody waits for an answer that does not come."""
    data: dict[str, outbox.Told] = {"count": of(Protection).reports_per_day_count}
    outbox.add_notice(reporter, "report-beyond", data, now, key=f"report-beyond/{reporter}/{now.date()}")


def _list_attached(content: bytes, root: Part) -> list[bytes]:
    """The outermost messages within; what they hold in turn is theirs."""
    found: list[Part] = []
    inner: set[int] = set()
    for _, part in walk(root):
        if part.message is not None and id(part) not in inner:
            found.append(part)
            inner.update(id(each) for _, each in walk(part.message))
    return [decode_body(content, part) for part in found]


def _report_inline(reporter: AccountId, content: bytes, root: Part, now: datetime) -> None:
    """The original is looked for in the reporter's own mail; where it is not, the links of the text have to do."""
    headers = parse_headers(content, root)
    names = parse_message_ids(headers.get("in-reply-to") or b"") + parse_message_ids(headers.get("references") or b"")
    mail = _find_mail(reporter)
    original = None if mail is None else _find_original(mail, names, base_subject(headers.text("subject")))
    if mail is None or original is None:
        file_report(reporter, content, root, FORWARD, now, is_inline=True)
        return
    found = read_content(mail, original)
    file_report(reporter, found, scan(found), FORWARD, now)
    put_into_junk(mail, original)


def _junk_own(reporter: AccountId, inner: bytes) -> None:
    mail = _find_mail(reporter)
    names = parse_message_ids(parse_headers(inner, scan(inner)).get("message-id") or b"")
    original = _find_original(mail, names, "") if mail is not None else None
    if mail is not None and original is not None:
        put_into_junk(mail, original)


def _find_original(mail: MailAccount, names: list[str], subject: str) -> MessageId | None:
    """By its Message-ID, else the newest of that subject; never what the person wrote."""
    wanted = [HeaderHas("message-id", name) for name in names[-3:]] + ([HeaderHas("subject", subject)] if subject else [])
    boxes = [each.id for each in list_mailboxes(mail) if each.special_use not in {SpecialUse.SENT, SpecialUse.DRAFTS}]
    for criterion in wanted:
        for box in boxes:
            uids = finish(search(mail, box, criterion))
            if uids:
                rows = [row for some in fetch(mail, box, [(uids[-1], uids[-1])]) for row in some]
                return rows[0].id if rows else None
    return None


def _find_mail(account: AccountId) -> MailAccount | None:
    try:
        return open_mail_account(account)
    except Gone:
        return None
