"""What an officer does about an incident: judges it, says what to say, ends it. Each act is a step, and in the journal."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.protection.entitled import find_entitled
from corneille.protection.models import HARMLESS, PHISHING, VERDICTS, Incident, Removal, Step, Trait
from corneille.protection.tell import tell_all, tell_verdict
from corneille.protection.touched import list_told, list_touched, tell_places
from corneille.transport.unwanted import drop_unwanted, set_unwanted

ADVICE_CHARS = 2000


class IncidentRefused(Refusal):
    """The act does not fit the incident's state; data["reason"]: "verdict", "not-judged", "over", "too-long"."""

    code: ClassVar[str] = "incident-refused"


def judge_incident(
    incident: int, verdict: str, refused: Collection[str], now: datetime, *, by: AccountId, seen: int | None = None
) -> int:
    """Says what it is, tells everybody who reported it, and sends to Junk what still arrives with the refused marks.

    refused  marks of the incident; none are kept for a harmless one
    seen     the last report that the officer had before them; what came later waits; None: all
    returns  how many reports wait
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
        step = note_step(row, "judged", {"verdict": verdict, "count": count}, now, by=by)
        judged = row.reports.all() if seen is None else row.reports.filter(pk__lte=seen)
        untold = judged.exclude(verdict=verdict).select_related("incident").order_by("pk")
        answered = {report.account_id: report for report in untold}
        judged.update(verdict=verdict)
        row.reports.exclude(verdict=verdict).update(verdict="")
        for report in answered.values():  # the last that each has reported
            tell_verdict(report, now, turn=step.pk)
        tell_places(row, list_touched(row), now)
        return row.reports.filter(verdict="").count()


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

    raises  Gone, IncidentRefused: also when something was reported that nobody has judged
    """
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if row.closed_at is not None:
            raise IncidentRefused(reason="over")
        if not row.verdict or row.reports.filter(verdict="").exists():
            raise IncidentRefused(reason="not-judged")
        end_incident(row, now, by=by)


def end_incident(row: Incident, now: datetime, *, by: AccountId | None) -> None:
    """The end itself, of an incident that is held; `by` None: the service."""
    row.closed_at = now
    row.save()
    note_step(row, "closed", {}, now, by=by)
    touched = list_touched(row) if row.verdict == PHISHING else set(row.reports.values_list("account_id", flat=True))
    tell_all("incident-closed", row, touched, now)
    tell_all("incident-ended", row, list_told(row) - touched - ({by} if by else set()), now)


def hold_incident(incident: int, now: datetime, *, by: AccountId) -> Incident:
    """The row, for who may act on it, held with the journal until the transaction ends: no report comes between.

    raises  Gone
    """
    entitled = find_entitled(by, now.date())
    journal.hold()
    row = Incident.objects.filter(pk=incident).first()
    if entitled is None or not entitled.may_act or row is None:
        raise Gone(incident=incident)
    return row


def note_step(
    row: Incident, action: str, data: dict[str, journal.Value], now: datetime, *, by: AccountId | None
) -> Step:
    """A step on the incident's page, and a line of the journal."""
    step = Step.objects.create(incident=row, at=now, account_id=by, action=action, data=data)
    told = {**data, "incident": row.pk}
    journal.append(f"incident-{action}", actor=name_by(by), subject=None, data=told, now=now)
    return step


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
