"""Makes the copies that were asked for, one after the other, in slices.

A process that stops waits for one slice alone; what it was at is begun anew by whoever comes when its lease has run out.
"""

import contextlib
import logging
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from corneille.kernel import clock, journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import DiskFull, Refusal
from corneille.privacy.export import folder
from corneille.privacy.export.state import ASKED, FAILED, READY, find_end, wake_exporter
from corneille.privacy.export.write import CopyTooLarge, Progress, write_copy
from corneille.privacy.models import Export

logger = logging.getLogger(__name__)

SLICE_S = 0.5
LEASE = timedelta(minutes=2)
STARTS = 5
"""A copy that was cut short so often is given up: it may be what stops the service."""


@dataclass(slots=True)
class _Begun:
    """A copy that this process is at."""

    row: Export
    steps: Generator[Progress, None, None]


class Exporter:
    """The copies of one process; `work` is called again and again, by one thread at a time."""

    def __init__(self, slice_s: float = SLICE_S) -> None:
        self._slice_s = slice_s
        self._begun: _Begun | None = None

    def work(self, now: datetime) -> None:
        """Goes on for one slice, and asks to be called again where there is more to do."""
        self._begun = self._begun or _begin(now)
        if self._begun is None:
            return
        begun, is_over = self._begun, True
        try:
            is_over = self._go_on(begun, now)
        except (Refusal, OSError) as fault:
            logger.warning("export", extra={"export": begun.row.pk, "why": str(fault)})
            _fail(begun.row, _name_problem(fault), now)
        finally:
            if is_over:  # also by a fault, which upkeep logs: begun anew when the lease is over
                self._begun = None
                _let_go(begun)
        wake_exporter()

    def _go_on(self, begun: _Begun, now: datetime) -> bool:
        """Whether it is over: made, or its owner wants it no more."""
        ends_s = clock.monotonic_s() + self._slice_s
        while (progress := next(begun.steps, None)) is not None:
            begun.row.done_count, begun.row.total_count = progress.done_count, progress.total_count
            begun.row.missing_count, begun.row.size_bytes = progress.missing_count, progress.size_bytes
            if clock.monotonic_s() >= ends_s:
                return not _save(begun.row, lease_until=now + LEASE)
        _finish(begun.row, now)
        return True


def _begin(now: datetime) -> _Begun | None:
    """Takes the copy that waits for longest, and that no other process is at."""
    # Further ahead than any lease: the clock was set back since.
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE)
    for row in Export.objects.filter(free, state=ASKED, expires_at__gt=now).order_by("asked_at", "pk"):
        start = row.start_count + 1
        same = Export.objects.filter(free, pk=row.pk, state=ASKED, start_count=row.start_count)
        if not same.update(lease_until=now + LEASE, start_count=start):
            continue
        row.start_count = start
        if start > STARTS:
            _fail(row, "interrupted", now)
            folder.drop_files(row.name)
            continue
        return _Begun(row, write_copy(AccountId(row.account_id), row.name, start, now))
    return None


def _save(row: Export, **told: object) -> bool:
    """Writes down how far it is; False: its row is gone, or another process has begun it anew."""
    counts = {name: getattr(row, name) for name in ("done_count", "total_count", "missing_count", "size_bytes")}
    mine = Export.objects.filter(pk=row.pk, state=ASKED, start_count=row.start_count)
    return mine.update(**counts, **told) == 1


def _finish(row: Export, now: datetime) -> None:
    account = AccountId(row.account_id)
    end = find_end(now)
    with transaction.atomic():
        if not _save(row, state=READY, ended_at=now, expires_at=end, lease_until=None):
            return
        told: dict[str, journal.Value] = {"count": row.done_count}
        journal.append("export-ready", actor=journal.SYSTEM, subject=account, data=told, now=now)
        outbox.add_notice(account, "export-ready", {"until": end.isoformat()}, now, key=f"export-ready/{row.name}")


def _fail(row: Export, problem: str, now: datetime) -> None:
    account = AccountId(row.account_id)
    with transaction.atomic():
        if not _save(row, state=FAILED, problem=problem, ended_at=now, expires_at=find_end(now), lease_until=None):
            return
        told: dict[str, journal.Value] = {"reason": problem}
        journal.append("export-failed", actor=journal.SYSTEM, subject=account, data=told, now=now)
        outbox.add_notice(account, "export-failed", {}, now, key=f"export-failed/{row.name}")


def _let_go(begun: _Begun) -> None:
    """Closes what was open, and takes away what was not finished, or is wanted no more."""
    with contextlib.suppress(OSError, Refusal):  # closing an archive writes its end, for which there may be no room
        begun.steps.close()
    folder.drop_part(begun.row.name, begun.row.start_count)
    if not Export.objects.filter(pk=begun.row.pk).exists():
        folder.drop_files(begun.row.name)


def _name_problem(fault: Refusal | OSError) -> str:
    match fault:
        case DiskFull():
            return "disk-full"
        case CopyTooLarge():
            return "too-large"
        case _:
            return "storage"
