"""The copy that a person asked for, from asking to its end: one for each, and only its own person's."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from corneille.kernel import journal, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.privacy.export import folder
from corneille.privacy.export.settings import ExportSettings
from corneille.privacy.models import Export

TOPIC = "privacy/export"
"""Woken when there is a copy to make, or to go on with."""
ASKED, READY, FAILED = "asked", "ready", "failed"


class ExportUnderWay(Refusal):
    """One at a time: the copy that was asked for before is being made."""

    code = "export-under-way"


@dataclass(frozen=True, slots=True)
class ExportShown:
    """How far a copy is.

    state       "asked" (waits, or is being made: then `total_count` is known), "ready" or "failed"
    problem     why it failed: "disk-full", "too-large", "storage" or "interrupted"
    expires_at  until when it can be fetched
    """

    state: str
    asked_at: datetime
    is_begun: bool
    done_count: int
    total_count: int
    missing_count: int
    size_bytes: int
    problem: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy to fetch: who takes `stream` closes it."""

    stream: BinaryIO
    size_bytes: int
    made_at: datetime


def find_export(account: AccountId, now: datetime) -> ExportShown | None:
    """The person's own; None: they asked for none, or its time is over."""
    row = _find(account, now)
    if row is None:
        return None
    return ExportShown(
        row.state, row.asked_at, row.start_count > 0, row.done_count, row.total_count, row.missing_count, row.size_bytes,
        row.problem, row.expires_at,
    )  # fmt: skip


def ask_export(account: AccountId, now: datetime) -> None:
    """Has a copy made, soon, in the place of an earlier one. Raises ExportUnderWay."""
    with transaction.atomic():
        earlier = Export.objects.select_for_update().filter(account_id=account).first()
        if earlier is not None and earlier.state == ASKED:
            raise ExportUnderWay(account=account)
        if earlier is not None:
            _drop(earlier)
        Export.objects.create(
            account_id=account, name=secrets.token_hex(16), state=ASKED, asked_at=now, expires_at=find_end(now)
        )
        journal.append("export-asked", actor=name_actor(account), subject=account, data={}, now=now)
        transaction.on_commit(wake_exporter)


def drop_export(account: AccountId, now: datetime) -> None:
    """Deletes the person's copy, or gives up making it. Raises Gone."""
    with transaction.atomic():
        row = Export.objects.select_for_update().filter(account_id=account).first()
        if row is None:
            raise Gone(export=account)
        _drop(row)
        journal.append("export-dropped", actor=name_actor(account), subject=account, data={}, now=now)


def open_export(account: AccountId, now: datetime) -> Copy:
    """The person's own copy, to fetch; it is written into the journal. Raises Gone."""
    row = _find(account, now)
    if row is None or row.state != READY or row.ended_at is None:
        raise Gone(export=account)
    try:
        stream = folder.open_file(row.name)
    except FileNotFoundError:
        raise Gone(export=account) from None
    journal.append("export-fetched", actor=name_actor(account), subject=account, data={}, now=now)
    return Copy(stream, row.size_bytes, row.ended_at)


def find_end(now: datetime) -> datetime:
    """Until when what is made now can be fetched."""
    return now + timedelta(days=of(ExportSettings).kept_days_count)


def wake_exporter() -> None:
    """Has whoever makes copies look at once."""
    if wake.is_installed():
        wake.current().send(TOPIC)


def _find(account: AccountId, now: datetime) -> Export | None:
    return Export.objects.filter(account_id=account, expires_at__gt=now).first()


def _drop(row: Export) -> None:
    """Row first: a file without a row is swept, a row without its file would promise what is not there."""
    name = row.name
    row.delete()
    transaction.on_commit(lambda: folder.drop_files(name))
