"""Opens a shared document to whoever has its link: first what it is, then its file, which is counted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db.models import F

from corneille.access.containment import find_step
from corneille.access.facts import Containment
from corneille.documents import folder
from corneille.documents.link import read_link
from corneille.documents.models import SharedDocument
from corneille.documents.share import is_over
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState
from corneille.people.find import find_name, find_state


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page of a link says.

    is_over   it was, and is no more
    is_ended  and that before its day: the page names neither sender nor file, which may be a thief's
    """

    filename: str
    size_bytes: int
    until_on: date
    sender: str
    is_over: bool
    is_ended: bool


def look(secret: str, now: datetime) -> Offered:
    """What stands behind a link. Counts nothing. Raises Gone."""
    row = _find(secret)
    owner = AccountId(row.owner_id)
    is_ended = row.is_ended or not _is_open(owner)
    return Offered(row.filename, row.size_bytes, row.until_on, find_name(owner), is_ended or is_over(row, now), is_ended)


def take(secret: str, now: datetime) -> tuple[Offered, BinaryIO | None]:
    """The file, counted as one opening; None: it is over. Raises Gone."""
    row = _find(secret)
    offered = look(secret, now)
    if offered.is_over:
        return offered, None
    try:
        stream = folder.open_file(row.name)
    except FileNotFoundError:  # ended in this instant
        raise Gone(document=row.pk) from None
    SharedDocument.objects.filter(pk=row.pk).update(openings_count=F("openings_count") + 1, last_opened_at=now)
    return offered, stream


def _is_open(owner: AccountId) -> bool:
    """Whether the account still stands behind what it shares."""
    return find_state(owner) is AccountState.ACTIVE and find_step(owner) is not Containment.SUSPEND


def _find(secret: str) -> SharedDocument:
    row = SharedDocument.objects.filter(name=read_link(secret) or "").first()
    if row is None:
        raise Gone
    return row
