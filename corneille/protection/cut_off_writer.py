"""One of ours wrote what was found to be phishing: an officer closes that account, and its owner repairs it.

Who wrote is read from our own trace in the reported message (submission lets nobody write as somebody else). A trace in a
copy that somebody filed by hand may be made up: so an officer looks and decides by name, and nothing happens by itself.
"""

from datetime import datetime

from django.db import transaction

from corneille.access.cut_off import cut_off
from corneille.kernel.ids import AccountId
from corneille.people.account_type import is_person
from corneille.people.find import Person, find_account, find_person
from corneille.protection import evidence
from corneille.protection.judge import Origin
from corneille.protection.models import PHISHING, Incident
from corneille.protection.read_letter import find_origin, read_sender
from corneille.protection.steps import IncidentRefused, hold_incident, name_by, note_step
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.scan import scan

ACTION = "cut-off"


def find_writer(row: Incident) -> Person | None:
    """The person here who wrote it, as our trace in the first report tells; None: nobody here, or a position."""
    first = row.reports.order_by("pk").first()
    if first is None:
        return None
    content = evidence.read(first.content)
    headers = parse_headers(content, scan(content))
    if find_origin(headers) is not Origin.INSIDE:
        return None
    person = find_account(read_sender(headers).address)
    return person if person is not None and is_person(person.type) else None


def find_writer_to_cut_off(row: Incident) -> Person | None:
    """The same while the incident is open, judged as phishing, and nobody has done it."""
    is_due = row.verdict == PHISHING and row.closed_at is None and not row.steps.filter(action=ACTION).exists()
    return find_writer(row) if is_due else None


def cut_off_writer(incident: int, now: datetime, *, by: AccountId) -> None:
    """Closes the writer's account, as proof of takeover.

    Raises Gone, IncidentRefused ("over", "not-judged", "no-writer").
    """
    officer = find_person(by)
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if row.closed_at is not None or row.verdict != PHISHING:
            raise IncidentRefused(reason="over" if row.closed_at else "not-judged")
        writer = find_writer_to_cut_off(row)
        if writer is None or officer is None:
            raise IncidentRefused(reason="no-writer")
        cut_off(writer.id, now, by=officer.display_name, actor=name_by(by))
        note_step(row, ACTION, {"name": writer.display_name}, now, by=by)
