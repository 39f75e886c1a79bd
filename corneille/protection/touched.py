"""Whom an incident touches, and who must know of it where they work.

Who watches over a place is told as soon as anybody there has the message, its head once it is known to be phishing: once
each for one incident, however many people got it. That it is over is told to the same (`steps.end_incident`).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.people.decide import Duty, Level
from corneille.people.scope import list_over_any
from corneille.people.whereabouts import list_whereabouts
from corneille.protection.campaign import list_copies, list_discarded
from corneille.protection.models import HARMLESS, PHISHING, Incident, Receiver, Report

OPENED, AT_YOURS = "incident-opened", "incident-at-yours"


def note_receivers(incident: int, now: datetime) -> None:
    """Remembers who has a copy now, or deleted one not long ago, perhaps after a click; who deletes theirs stays known."""
    owners = {each.owner for copies in list_copies(incident, suspected=True) for each in copies}
    owners |= {each.owner for each in list_discarded(incident, suspected=True)}
    with transaction.atomic():
        row = Incident.objects.get(pk=incident)
        new = owners - set(Receiver.objects.filter(incident=row).values_list("account_id", flat=True))
        rows = [Receiver(incident=row, account_id=owner) for owner in sorted(new)]
        Receiver.objects.bulk_create(rows, ignore_conflicts=True)
        tell_places(row, new, now)


def note_all_receivers(now: datetime) -> None:
    """The same for each incident that is not over: copies go on arriving."""
    waiting = Incident.objects.filter(closed_at=None, reports__verdict="")
    dangerous = Incident.objects.filter(closed_at=None).exclude(verdict=HARMLESS)
    for incident in (waiting | dangerous).distinct().values_list("pk", flat=True):
        note_receivers(incident, now)


def tell_places(row: Incident, accounts: Iterable[int], now: datetime) -> None:
    """Tells who must know where these people work, unless they have been told of this incident."""
    touched = sorted({AccountId(each) for each in accounts})
    if not touched:
        return
    on = now.date()
    found = list_whereabouts(touched, on)
    uais = {each.uai for each in found}
    if {each.account for each in found} != set(touched):
        uais.add("")  # who works nowhere is the rectorat's
    watching = [each for some in list_over_any(Duty.WATCH, uais, on).values() for each in some]
    data: dict[str, outbox.Told] = {"subject": row.title, "incident": row.pk}
    outbox.add_notices(dict.fromkeys(watching), OPENED, data, now, key=f"{OPENED}/{row.pk}")
    if row.verdict == PHISHING:
        heads = list_over_any(Duty.LOOK_AFTER, uais, on).get(Level.ESTABLISHMENT, [])
        outbox.add_notices(dict.fromkeys(heads), AT_YOURS, data, now, key=f"{AT_YOURS}/{row.pk}")


def list_touched(row: Incident) -> set[int]:
    """Who reported it, and who got it as far as it was found."""
    return {
        *Report.objects.filter(incident=row).values_list("account_id", flat=True),
        *Receiver.objects.filter(incident=row).values_list("account_id", flat=True),
    }


def list_told(row: Incident) -> set[AccountId]:
    """Who was told as looking after a place, or as an officer."""
    return outbox.list_told(f"{OPENED}/{row.pk}/") | outbox.list_told(f"{AT_YOURS}/{row.pk}/")
