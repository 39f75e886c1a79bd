"""What an officer does about an incident: judges it, says what to say, ends it. Each act is a step, and in the journal."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.protection.entitled import find_entitled
from corneille.protection.models import Incident, Receiver, Removal, Report, Step, Trait
from corneille.protection.tell import tell_all, tell_verdict
from corneille.transport.unwanted import drop_unwanted, set_unwanted

PHISHING, UNWANTED, HARMLESS = "phishing", "unwanted", "harmless"
VERDICTS = (PHISHING, UNWANTED, HARMLESS)
ADVICE_CHARS = 2000


class IncidentRefused(Refusal):
    """The act does not fit the incident's state; data["reason"]: "verdict", "not-judged", "over", "too-long"."""

    code: ClassVar[str] = "incident-refused"


def judge_incident(
    incident: int, verdict: str, refused: Collection[str], now: datetime, *, by: AccountId
) -> None:
    """Says what it is, tells everybody who reported it, and sends to Junk what still arrives with the refused marks.

    refused  marks of the incident; none are kept for a harmless one
    raises   Gone, IncidentRefused
    """
    if verdict not in VERDICTS:
        raise IncidentRefused(reason="verdict")
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if row.closed_at is not None:
            raise IncidentRefused(reason="over")
        row.verdict, row.judged_at = verdict, now
        row.save()
        own = Trait.objects.filter(incident=row)
        own.update(is_refused=False)
        if verdict != HARMLESS:
            own.filter(mark__in=refused).update(is_refused=True)
        refresh_marks(list(own.values_list("mark", flat=True)), now)
        count = own.filter(is_refused=True).count()
        note_step(row, "judged", {"verdict": verdict, "count": count}, now, by=by)
        for account in row.reports.values_list("account_id", flat=True):
            tell_verdict(row, AccountId(account), now)


def say(incident: int, french: str, english: str, now: datetime, *, by: AccountId) -> None:
    """Sets what heads, technicians and those who are touched read. Raises Gone, IncidentRefused."""
    if len(french) > ADVICE_CHARS or len(english) > ADVICE_CHARS:
        raise IncidentRefused(reason="too-long")
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        row.french_advice, row.english_advice = french.strip(), english.strip()
        row.save()
        note_step(row, "said", {}, now, by=by)


def close_incident(incident: int, now: datetime, *, by: AccountId) -> None:
    """Ends it, and tells everybody whom it touched, and who was told that it began; the marks stay refused.

    raises  Gone, IncidentRefused
    """
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if not row.verdict or row.closed_at is not None:
            raise IncidentRefused(reason="over" if row.closed_at else "not-judged")
        row.closed_at = now
        row.save()
        note_step(row, "closed", {}, now, by=by)
        touched = set(Report.objects.filter(incident=row).values_list("account_id", flat=True))
        if row.verdict == PHISHING:
            touched |= set(Receiver.objects.filter(incident=row).values_list("account_id", flat=True))
        tell_all("incident-closed", row, touched, now)
        tell_all("incident-ended", row, outbox.list_told(f"incident-opened/{row.pk}/") - touched - {by}, now)


def hold_incident(incident: int, now: datetime, *, by: AccountId) -> Incident:
    """The row, held until the transaction ends, for who may act on it. Raises Gone."""
    entitled = find_entitled(by, now.date())
    row = Incident.objects.select_for_update().filter(pk=incident).first()
    if entitled is None or not entitled.may_act or row is None:
        raise Gone(incident=incident)
    return row


def note_step(
    row: Incident, action: str, data: dict[str, journal.Value], now: datetime, *, by: AccountId | None
) -> None:
    """A step on the incident's page, and a line of the journal."""
    Step.objects.create(incident=row, at=now, account_id=by, action=action, data=data)
    told = {**data, "incident": row.pk}
    journal.append(f"incident-{action}", actor=name_by(by), subject=None, data=told, now=now)


def journal_copies(action: str, removal: Removal, owners: Collection[AccountId], now: datetime) -> None:
    """A line for each copy, which its owner reads; in the caller's transaction."""
    head = journal.hold()
    actor = name_by(AccountId(removal.account_id) if removal.account_id is not None else None)
    told: dict[str, journal.Value] = {"incident": removal.incident_id, "removal": removal.pk}
    for owner in owners:
        journal.append(action, actor=actor, subject=owner, data=told, now=now, head=head)


def name_by(account: AccountId | None) -> str:
    """As the journal names who acts; an officer who has left since is nobody any more."""
    return journal.SYSTEM if account is None else journal.name_actor(account)


def refresh_marks(marks: list[str], now: datetime) -> None:
    """Refuses these marks where some incident does, and no longer the others."""
    refused = set(Trait.objects.filter(mark__in=marks, is_refused=True).values_list("mark", flat=True))
    set_unwanted(refused, now)
    drop_unwanted(set(marks) - refused)
