"""Which messages are of one campaign: by their marks when they are reported, by sender and subject in mailboxes."""

import hashlib
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from corneille.mail.find_copies import CopyFound, find_copies
from corneille.mail.withhold import Discarded, find_discarded
from corneille.protection.lookalike import SISTERS, find_base, is_within
from corneille.protection.models import PHISHING, Incident, Report, Trait
from corneille.protection.warn import find_home
from corneille.transport.marks import HOST, ID, LOOK, list_marks, make_look
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.part import Part

_TELLING = ("from", "sender", "reply-to", "subject", "content-type", "content-transfer-encoding")
"""Fields that change what a reader sees, or where an answer goes."""


def list_traits(content: bytes, root: Part, *, is_forwarded_inline: bool = False) -> frozenset[str]:
    """The marks of a reported message, without those of honest places that a trap links to as well.

    is_forwarded_inline  the message is the reporter's own, around the reported text: only its links say something
    """
    trusted = find_home().places
    marks = list_marks(content, root)
    kept = {mark for mark in marks if not mark.startswith(HOST) or not _is_trusted(mark[len(HOST) :], trusted)}
    return frozenset(mark for mark in kept if not is_forwarded_inline or mark.startswith((HOST, "page:")))


def make_letter(content: bytes, root: Part) -> str:
    """What is the same for everybody who got this very letter, whatever servers wrote above it on the way."""
    headers = parse_headers(content, root)
    told = b"\n".join(b"\r".join(headers.all(name)) for name in _TELLING)
    return hashlib.sha256(told + b"\n\n" + content[root.body_start :]).hexdigest()


def find_incident(traits: frozenset[str], letter: str) -> Incident | None:
    """The open incident that a reported letter joins; None: it opens one.

    One that is over takes no more: a campaign that comes back is looked at again. One that is judged takes what the verdict
    can speak of: the very letter and, where it is phishing, what bears a mark that is refused.
    """
    open_ones = Incident.objects.filter(closed_at=None).order_by("pk")
    known = Trait.objects.filter(mark__in=traits)
    return (
        open_ones.filter(pk__in=Report.objects.filter(letter=letter).values("incident_id")).first()
        or open_ones.filter(verdict=PHISHING, pk__in=known.filter(is_refused=True).values("incident_id")).first()
        or open_ones.filter(verdict="", pk__in=known.values("incident_id")).first()
    )


def find_known_verdict(incident: Incident, traits: frozenset[str], letter: str) -> str:
    """What can be said at once of a letter that joins an incident; "": a human must see it first.

    Of the very letter that was judged, its verdict. Of another, only that it is phishing, and only where nothing in it is
    new but its id: honest words at an honest place prove nothing about the next ones.
    """
    judged = incident.reports.exclude(verdict="")
    if not incident.verdict or judged.filter(letter=letter).exists():
        return incident.verdict
    known = incident.traits.filter(Q(report=None) | Q(report__in=judged))
    is_new = {mark for mark in traits if not mark.startswith(ID)} - set(known.values_list("mark", flat=True))
    is_refused = known.filter(mark__in=traits, is_refused=True).exists()
    return PHISHING if incident.verdict == PHISHING and is_refused and not is_new else ""


def list_kin(incident: int) -> QuerySet[Incident]:
    """Other incidents with a mark in common, the newest first."""
    marks = Trait.objects.filter(incident=incident).values("mark")
    known = Trait.objects.filter(mark__in=marks).exclude(incident=incident).values("incident_id")
    return Incident.objects.filter(pk__in=known).order_by("-pk")


def list_copies(incident: int, *, suspected: bool = False) -> Iterator[list[CopyFound]]:
    """Every copy that lies in a mailbox now, in slices: same sender, same shape of subject.

    Once the incident is judged, only by the looks that are refused; `suspected`: and by those that nobody has judged yet.
    """
    for sender, wanted in _list_looks(incident, suspected=suspected).items():
        for found in find_copies(sender):
            copies = [each for each in found if make_look(sender, each.subject) in wanted]
            if copies:
                yield copies


def list_discarded(incident: int, *, suspected: bool = False) -> list[Discarded]:
    """Every copy that its owner has deleted and could put back, known as in `list_copies`."""
    return [
        each
        for sender, wanted in _list_looks(incident, suspected=suspected).items()
        for each in find_discarded(sender)
        if make_look(sender, each.subject) in wanted
    ]


def _list_looks(incident: int, *, suspected: bool) -> dict[str, set[str]]:
    """The looks of the campaign by sender."""
    looks = Trait.objects.filter(incident=incident, mark__startswith=LOOK)
    if Incident.objects.filter(pk=incident, verdict=PHISHING).exists():
        looks = looks.filter(Q(is_refused=True) | Q(report__verdict="") if suspected else Q(is_refused=True))
    by_sender: dict[str, set[str]] = {}
    for mark in looks.values_list("mark", flat=True):
        by_sender.setdefault(mark[len(LOOK) :].partition(" ")[0], set()).add(mark)
    return by_sender


def _is_trusted(host: str, trusted: tuple[str, ...]) -> bool:
    return is_within(host, trusted) or find_base(host) in SISTERS
