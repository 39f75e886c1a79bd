"""A suspension that is announced: reading goes on for 24 h of notice at least, told on every channel, with time to answer.

An officer may suspend at once by name (`access/containment`); the guard never does. It announces the suspension of an
account whose sending it has held for what did not look like its owner, and that nobody has repaired since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.containment import ANNOUNCED, ANNOUNCED_BY_GUARD, GUARD, begin
from corneille.access.facts import Containment
from corneille.access.models import Contained
from corneille.access.unusual_settings import Unusual
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of


class TooSoon(Refusal):
    """Nobody's reading is suspended with less notice; data: `hours`, the least."""

    code = "suspension-too-soon"


def announce_suspension(
    account: AccountId, at: datetime, reason: str, evidence: Mapping[str, outbox.Told], now: datetime, *, by: str
) -> bool:
    """Announces that the account is suspended at that instant; gives False where a suspension is announced or in force.

    Raises TooSoon.
    """
    if at - now < _find_notice():
        raise TooSoon(hours=of(Unusual).notice_h)
    with transaction.atomic():
        known = Contained.objects.filter(account_id=account, step=Containment.SUSPEND.value, ended_at=None)
        if (known if by == GUARD else known.exclude(by=GUARD)).exists():  # the person could undo the guard's alone
            return False
        row = Contained.objects.create(
            account_id=account, step=Containment.SUSPEND.value, reason=reason, evidence=dict(evidence), started_at=now,
            by=by, applies_at=at,
        )  # fmt: skip
        told: dict[str, journal.Value] = {"reason": reason, "name": by, "at": at.isoformat()}
        journal.append("suspension-announced", actor=journal.SYSTEM, subject=account, data=told, now=now)
        notice: dict[str, outbox.Told] = {**evidence, "reason": reason, "name": by, "at": at.isoformat()}
        code = ANNOUNCED_BY_GUARD if by == GUARD else ANNOUNCED
        outbox.add_notice(account, code, notice, now, key=f"{ANNOUNCED}/{row.pk}")
    return True


@dataclass(frozen=True, slots=True)
class Announced:
    """When the account will be suspended, as things stand, and whether its person can prevent it by the repair."""

    at: datetime
    is_undoable: bool


def find_announced(account: AccountId) -> Announced | None:
    """The first suspension that is announced."""
    rows = Contained.objects.filter(account_id=account, ended_at=None).exclude(applies_at=None)
    found = rows.order_by("applies_at").values_list("applies_at", "by").first()
    return None if found is None or found[0] is None else Announced(found[0], is_undoable=found[1] == GUARD)


def suspend_announced(now: datetime) -> int:
    """Announces what is due to be announced, suspends whose date has come; gives how many accounts were suspended."""
    _announce_ignored(now)
    due = list(Contained.objects.filter(ended_at=None, applies_at__lte=now).order_by("applies_at"))
    for row in due:
        with transaction.atomic():
            row.evidence["announced_at"] = row.started_at.isoformat()
            row.started_at, row.applies_at = now, None
            row.save(update_fields=["evidence", "started_at", "applies_at"])
            begin(row, now)
    return len(due)


def _announce_ignored(now: datetime) -> None:
    after = timedelta(hours=of(Unusual).announce_after_h)
    if not after:
        return
    held = Contained.objects.filter(
        step=Containment.HOLD_SENDING.value, by=GUARD, reason="unusual", ended_at=None, started_at__lte=now - after
    )
    for row in held:
        announce_suspension(AccountId(row.account_id), now + _find_notice(), row.reason, row.evidence, now, by=GUARD)


def _find_notice() -> timedelta:
    return timedelta(hours=of(Unusual).notice_h)
