"""The answers to a letter to a class, gathered from its writer's mail whenever they are looked at: nothing of them is kept.

An answer is what refers to the letter, or to what its writer wrote after it in the same conversation. What is deleted, or
lies in the junk, is not there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from corneille.classes.decide_answers import Answers, Heard, decide_answers
from corneille.classes.gate import ClassShown, open_class
from corneille.classes.letter import MARK, ClassLetter, read_letter
from corneille.kernel.ids import AccountId, MessageId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.conversation import Spoken, fold_id, read_conversation
from corneille.mail.criteria import And, Criterion, HeaderHas, ReceivedWithin
from corneille.mail.fetch import fetch, get_message, read_content
from corneille.mail.mailbox import find_mailbox, find_special_mailbox
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.values import MailAccount, Mailbox, SpecialUse, Summary
from corneille.transport.compose import Correspondent
from corneille.wire.mime.delivery_status import find_reported_id, list_failed
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.scan import scan

REPORTS = 30
"""Reports of delivery that are looked at for one letter: the newest."""
REPORT_BYTES = 256 * 1024
"""What is larger is no report of one letter, and reading many such would cost whoever looks at theirs."""


@dataclass(frozen=True, slots=True)
class SentToClass:
    """The writer's copy of a letter to a class, as « Sent » lists it, and as it was addressed."""

    copy: Summary
    letter: ClassLetter


def gather_answers(
    account: AccountId, mail: MailAccount, letter: ClassLetter, own: Collection[str], now: datetime
) -> Answers:
    """What came of a letter that stands in this mail.

    own     addresses as which the asker writes, lower case
    raises  Gone: the class is not theirs, or was forgotten, or the letter is none of theirs
    """
    open_class(account, letter.choice.school_class, now)
    if letter.sender not in own:
        raise Gone(letter=letter.message_id)
    spoken = read_conversation(mail, letter.message_id)
    heard = [_hear(mail, each) for each in spoken]
    heard += _list_apart(mail, letter, {each.message for each in heard})
    heard.sort(key=lambda each: each.received_at)
    return decide_answers(fold_id(letter.message_id), letter.people, own, heard)


def list_letters(mail: MailAccount, school_class: ClassShown, limit: int) -> list[SentToClass]:
    """What was written to a class that the caller has opened and still stands in « Sent », the newest first."""
    sent = find_special_mailbox(mail, SpecialUse.SENT)
    found: list[SentToClass] = []
    for message in [] if sent is None else _search(mail, sent, HeaderHas(MARK, f"{school_class.id} ")):
        content = read_content(mail, message)
        letter = read_letter(parse_headers(content, scan(content)))
        if letter is not None and letter.choice.school_class == school_class.id:
            found.append(SentToClass(get_message(mail, message), letter))
        if len(found) == limit:
            break
    return found


def _hear(mail: MailAccount, spoken: Spoken) -> Heard:
    summary = spoken.summary
    failed: tuple[str, ...] = ()
    if spoken.is_report and summary.size_bytes <= REPORT_BYTES:
        content = read_content(mail, summary.id)
        failed = tuple(list_failed(content, scan(content)))
    return Heard(
        summary.id, spoken.message_id, spoken.refers_to, Correspondent(summary.sender_name, summary.sender_address),
        summary.preview, summary.received_at, spoken.attachments_count, spoken.is_automatic, failed,
    )  # fmt: skip


def _list_apart(mail: MailAccount, letter: ClassLetter, known: Collection[MessageId]) -> Iterator[Heard]:
    """Reports in the INBOX that only their last part ties to the letter: not every server refers to what it returns."""
    inbox = find_mailbox(mail, "INBOX")
    asked = And((ReceivedWithin(since=letter.sent_at), HeaderHas("content-type", "report-type=delivery-status")))
    for message in [] if inbox is None else _search(mail, inbox, asked)[:REPORTS]:
        summary = get_message(mail, message)
        if message in known or summary.size_bytes > REPORT_BYTES:
            continue
        content = read_content(mail, message)
        root = scan(content)
        yield Heard(
            message, "", frozenset([fold_id(find_reported_id(content, root))]),
            Correspondent(summary.sender_name, summary.sender_address), summary.preview, summary.received_at,
            is_automatic=True, failed=tuple(list_failed(content, root)),
        )  # fmt: skip


def _search(mail: MailAccount, mailbox: Mailbox, asked: Criterion) -> list[MessageId]:
    """The newest first."""
    uids = finish(search(mail, mailbox.id, asked))
    ranges: list[tuple[Uid, Uid]] = [(uid, uid) for uid in uids]
    rows = [row for some in fetch(mail, mailbox.id, ranges) for row in some]
    return [row.id for row in sorted(rows, key=lambda row: row.received_s, reverse=True)]
