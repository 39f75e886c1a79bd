"""Which messages are of one campaign: by their marks when they are reported, by sender and subject in mailboxes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from corneille.mail.find_copies import CopyFound, find_copies
from corneille.mail.withhold import Discarded, find_discarded
from corneille.protection.lookalike import SISTERS, find_base, is_within
from corneille.protection.models import Incident, Receiver, Trait
from corneille.protection.warn import find_home
from corneille.transport.marks import HOST, LOOK, list_marks, make_look
from corneille.wire.mime.part import Part

STILL = timedelta(days=30)
"""A report joins an incident that ended less long ago than this."""


def list_traits(content: bytes, root: Part, *, is_forwarded_inline: bool = False) -> frozenset[str]:
    """The marks of a reported message, without those of honest places that a trap links to as well.

    is_forwarded_inline  the message is the reporter's own, around the reported text: only its links say something
    """
    trusted = find_home().places
    marks = list_marks(content, root)
    kept = {mark for mark in marks if not mark.startswith(HOST) or not _is_trusted(mark[len(HOST) :], trusted)}
    return frozenset(mark for mark in kept if not is_forwarded_inline or mark.startswith((HOST, "page:")))


def find_incident(traits: frozenset[str], now: datetime) -> Incident | None:
    """The incident that these marks belong to: an open one before one that is over, the oldest first."""
    known = Trait.objects.filter(mark__in=traits).values("incident_id")
    found = Incident.objects.filter(pk__in=known)
    open_ones = found.filter(closed_at=None).order_by("pk").first()
    return open_ones or found.filter(closed_at__gt=now - STILL).order_by("-closed_at").first()


def list_copies(incident: int) -> Iterator[list[CopyFound]]:
    """Every copy that lies in a mailbox now, in slices: same sender, same shape of subject.

    Once the incident is judged, only by the looks that are refused.
    """
    for sender, wanted in _list_looks(incident).items():
        for found in find_copies(sender):
            copies = [each for each in found if make_look(sender, each.subject) in wanted]
            if copies:
                yield copies


def list_discarded(incident: int) -> list[Discarded]:
    """Every copy that its owner has deleted and could put back, known as in `list_copies`."""
    return [
        each
        for sender, wanted in _list_looks(incident).items()
        for each in find_discarded(sender)
        if make_look(sender, each.subject) in wanted
    ]


def _list_looks(incident: int) -> dict[str, set[str]]:
    """The looks of the campaign by sender."""
    looks = Trait.objects.filter(incident=incident, mark__startswith=LOOK)
    if Incident.objects.filter(pk=incident, verdict="phishing").exists():
        looks = looks.filter(is_refused=True)
    by_sender: dict[str, set[str]] = {}
    for mark in looks.values_list("mark", flat=True):
        by_sender.setdefault(mark[len(LOOK) :].partition(" ")[0], set()).add(mark)
    return by_sender


def note_receivers(incident: int) -> None:
    """Remembers who has a copy now, or deleted one not long ago, perhaps after a click; who deletes theirs stays known."""
    owners = {each.owner for copies in list_copies(incident) for each in copies}
    owners |= {each.owner for each in list_discarded(incident)}
    rows = [Receiver(incident_id=incident, account_id=owner) for owner in sorted(owners)]
    Receiver.objects.bulk_create(rows, ignore_conflicts=True)


def note_all_receivers(_now: datetime) -> None:
    """The same for each incident that is not over: copies go on arriving."""
    for incident in Incident.objects.filter(closed_at=None).exclude(verdict="harmless").values_list("pk", flat=True):
        note_receivers(incident)


def _is_trusted(host: str, trusted: tuple[str, ...]) -> bool:
    return is_within(host, trusted) or find_base(host) in SISTERS
