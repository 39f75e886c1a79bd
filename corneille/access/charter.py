"""The IT charter: versions, acceptance with its date, asked again when a new version is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import QuerySet

from corneille.access import queries
from corneille.access.models import CharterAcceptance, CharterVersion
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Refusal


class CharterRefused(Refusal):
    """This version was published before, or has no text."""

    code: ClassVar[str] = "charter-refused"


@dataclass(frozen=True, slots=True)
class CharterShown:
    """One version; `accepted_at` by the person who reads it, None: not yet."""

    version: str
    published_at: datetime
    text: str
    accepted_at: datetime | None


def publish_charter(version: str, french: str, english: str, now: datetime, *, by: str) -> None:
    """Publishes a version: from now on everybody is asked for it. Raises CharterRefused."""
    if not french.strip() or not english.strip() or CharterVersion.objects.filter(version=version).exists():
        raise CharterRefused(version=version)
    with transaction.atomic():
        CharterVersion.objects.create(version=version, published_at=now, french=french, english=english)
        told: dict[str, journal.Value] = {"version": version, "name": by}
        journal.append("charter-published", actor="cli", subject=None, data=told, now=now)


def find_charter(account: AccountId, language: str, now: datetime) -> CharterShown | None:
    """The version in force; None: none was ever published."""
    row = _in_force(now).first()
    if row is None:
        return None
    accepted = CharterAcceptance.objects.filter(account_id=account, charter=row).values_list("at", flat=True).first()
    return CharterShown(row.version, row.published_at, row.french if language == "fr" else row.english, accepted)


def is_charter_due(account: AccountId, now: datetime) -> bool:
    """Whether the version in force waits for this person's acceptance."""
    return queries.is_charter_accepted(account, now) is False


def accept_charter(account: AccountId, version: str, now: datetime) -> bool:
    """Accepts the version that was read; False when another has come meanwhile: then that one is to be read."""
    row = _in_force(now).first()
    if row is None or row.version != version:
        return False
    with transaction.atomic():
        _kept, is_new = CharterAcceptance.objects.get_or_create(account_id=account, charter=row, defaults={"at": now})
        if is_new:
            told: dict[str, journal.Value] = {"version": version}
            journal.append("charter-accepted", actor=name_actor(account), subject=account, data=told, now=now)
    return True


def list_acceptances(account: AccountId) -> list[tuple[str, datetime]]:
    """Which versions the person accepted, and when, the newest first."""
    rows = CharterAcceptance.objects.filter(account_id=account).order_by("-at", "-pk")
    return list(rows.values_list("charter__version", "at"))


def _in_force(now: datetime) -> QuerySet[CharterVersion]:
    """The versions that were published, the one in force first."""
    return CharterVersion.objects.filter(published_at__lte=now).order_by("-published_at")
