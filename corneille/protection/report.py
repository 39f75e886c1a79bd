"""« Signaler un hameçonnage »: a report joins its campaign's incident or opens one; whoever must know is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction

from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId, MailboxId, MessageId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail.fetch import get_message, read_content
from corneille.mail.move import move
from corneille.mail.values import MailAccount
from corneille.people.find import find_person
from corneille.protection import evidence
from corneille.protection.campaign import find_incident, find_known_verdict, list_traits, make_letter
from corneille.protection.entitled import list_officers
from corneille.protection.models import Incident, Report, Trait
from corneille.protection.read_letter import read_sender
from corneille.protection.settings import Protection
from corneille.protection.tell import tell_thanks, tell_verdict
from corneille.protection.touched import OPENED, note_receivers, tell_places
from corneille.transport.unwanted import find_junk
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.part import Part
from corneille.wire.mime.scan import scan

PAGE, FORWARD = "page", "forward"
DAY = timedelta(days=1)


class TooManyReports(Refusal):
    """This person has reported as much as one may in a day."""

    code: ClassVar[str] = "too-many-reports"
    temporary = True


@dataclass(frozen=True, slots=True)
class Junked:
    """Where the reported message lies now, so that it can be brought back; `uids` empty: it was there already."""

    junk: MailboxId
    home: MailboxId
    uids: tuple[Uid, ...]


def report_message(
    reporter: AccountId, mail: MailAccount, message: MessageId, now: datetime, *, may_move: bool = True
) -> Junked | None:
    """Reports a message of one's own mail, or of a position's, and puts it into Junk; None: it stays where it is.

    raises  Gone, TooManyReports: then nothing is done
    """
    content = read_content(mail, message)
    file_report(reporter, content, scan(content), PAGE, now)
    return put_into_junk(mail, message) if may_move else None


def file_report(
    reporter: AccountId, content: bytes, root: Part, way: str, now: datetime, *, is_inline: bool = False
) -> int:
    """Files a report and gives its incident; the same person's second report of the same letter changes nothing.

    is_inline  the content is the reporter's own message, around the text that they report
    raises     TooManyReports
    """
    letter, title = make_letter(content, root), _read_title(content, root)
    own = Report.objects.filter(account=reporter)
    known = own.filter(letter=letter, incident__closed_at=None).first()
    if known is not None:
        return known.incident_id
    if own.filter(at__gt=now - DAY).count() >= of(Protection).reports_per_day_count:
        tell_officers_beyond(reporter, now)
        raise TooManyReports
    traits = list_traits(content, root, is_forwarded_inline=is_inline)
    kept = evidence.keep(content[: evidence.REPORT_BYTES])
    with transaction.atomic():
        journal.hold()  # two first reports of one campaign become one incident, and none joins one that is being ended
        joined = find_incident(traits, letter)
        incident = joined or _open(content, root, now, is_inline=is_inline)
        was_settled = bool(incident.verdict) and not incident.reports.filter(verdict="").exists()
        verdict = find_known_verdict(incident, traits, letter)
        told = {"at": now, "way": way, "title": title, "content": kept, "verdict": verdict}
        report, is_first = Report.objects.get_or_create(
            incident=incident, account_id=reporter, letter=letter, defaults=told
        )
        if is_first:
            marks = [Trait(incident=incident, report=report, mark=mark) for mark in sorted(traits)]
            Trait.objects.bulk_create(marks, ignore_conflicts=True)
            line: dict[str, journal.Value] = {"incident": incident.pk, "way": way}
            journal.append("phishing-reported", actor=journal.name_actor(reporter), subject=reporter, data=line, now=now)
            _tell(report, now, is_new=joined is None, was_settled=was_settled)
    note_receivers(incident.pk, now)
    return incident.pk


def tell_officers_beyond(reporter: AccountId, now: datetime) -> None:
    """Tells officers, once a day, that somebody reports more than is read: a human looks into it."""
    person = find_person(reporter)
    data: dict[str, outbox.Told] = {
        "name": person.display_name if person is not None else "", "count": of(Protection).reports_per_day_count
    }
    key = f"reports-beyond/{reporter}/{now.date()}"
    outbox.add_notices(list_officers(now.date()), "reports-beyond", data, now, key=key)


def put_into_junk(mail: MailAccount, message: MessageId) -> Junked:
    """Moves a message to Junk. Raises Gone when it is no longer there."""
    line = get_message(mail, message)
    junk = find_junk(mail)
    if junk is None:
        raise Gone(mailbox="junk")
    if line.mailbox == junk:
        return Junked(junk, junk, ())
    moved = move(mail, line.mailbox, [line.uid], junk).result()
    return Junked(junk, line.mailbox, moved.uids)


def _open(content: bytes, root: Part, now: datetime, *, is_inline: bool) -> Incident:
    sender = read_sender(parse_headers(content, root))
    return Incident.objects.create(
        title=_read_title(content, root), opened_at=now,
        sender_name="" if is_inline else sender.name[:100], sender_address="" if is_inline else sender.address[:320],
    )  # fmt: skip


def _read_title(content: bytes, root: Part) -> str:
    return parse_headers(content, root).text("subject").strip()[:200]


def _tell(report: Report, now: datetime, *, is_new: bool, was_settled: bool) -> None:
    """The reporter; officers of what they have not seen, unless something of the incident waits for them already."""
    incident = report.incident
    if report.verdict:
        tell_verdict(report, now, turn=0)
    else:
        tell_thanks(report, now)
    data: dict[str, outbox.Told] = {"subject": incident.title, "incident": incident.pk}
    if is_new:
        outbox.add_notices(list_officers(now.date()), OPENED, data, now, key=f"{OPENED}/{incident.pk}")
    elif was_settled and not report.verdict:
        key = f"incident-again/{incident.pk}.{report.pk}"
        outbox.add_notices(list_officers(now.date()), "incident-again", data, now, key=key)
    tell_places(incident, [report.account_id], now)
