"""Containment in four steps: tell, ask a second factor, hold sending, suspend. Each has a reason, a time and a way out.

Holding sending loses nothing: what is sent waits in the queue. Reading goes on until somebody suspends by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.access import queries
from corneille.access.facts import Containment
from corneille.access.models import Contained
from corneille.access.session import end_all_sessions
from corneille.kernel import journal, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.people.account_topic import wake_account

TOPIC = "access/containment"
"""Woken when somebody is let go: what they sent leaves the queue."""
GUARD = "guard"
"""Who decides where nobody does."""
ORDER = (Containment.NONE, Containment.ASK_FACTOR, Containment.HOLD_SENDING, Containment.SUSPEND)
HOLDING = frozenset({Containment.HOLD_SENDING, Containment.SUSPEND})
"""The steps in which what is sent waits."""
TOLD = {
    Containment.ASK_FACTOR: "factor-asked",
    Containment.HOLD_SENDING: "sending-held",
    Containment.SUSPEND: "suspended",
}
"""The notice of each step."""
ANNOUNCED = "suspension-announced"
"""The notice of a suspension that has not begun (`access/announced`)."""


@dataclass(frozen=True, slots=True)
class ContainedShown:
    """One containment, for its person and for support; `ended_at`: None while it lasts; `applies_at`: announced for then."""

    step: Containment
    reason: str
    evidence: dict[str, outbox.Told]
    started_at: datetime
    by: str
    ended_at: datetime | None
    applies_at: datetime | None = None


def find_step(account: AccountId) -> Containment:
    """How far the account is contained now."""
    return find_step_and_announced(account)[0]


def find_step_and_announced(account: AccountId) -> tuple[Containment, bool]:
    """How far it is contained now, and whether its suspension is announced: what each sign-in reads, in one query."""
    rows = queries.list_open_steps(account)
    in_force = (Containment(step) for step, is_in_force in rows if is_in_force)
    step = max(in_force, key=ORDER.index, default=Containment.NONE)
    return step, any(not is_in_force for _step, is_in_force in rows)


def contain(
    account: AccountId, step: Containment, reason: str, evidence: Mapping[str, outbox.Told], now: datetime, *, by: str
) -> None:
    """Contains an account, and tells its person at once on every channel; what is contained as far already stays so.

    by  "guard", "owner", or the name of the officer who decides
    """
    if ORDER.index(find_step(account)) >= ORDER.index(step):
        return
    with transaction.atomic():
        row = Contained.objects.create(
            account_id=account, step=step.value, reason=reason, evidence=dict(evidence), started_at=now, by=by
        )
        begin(row, now)


def begin(row: Contained, now: datetime) -> None:
    """Does what follows from a containment that is in force from now on. Inside the caller's transaction."""
    account, step = AccountId(row.account_id), Containment(row.step)
    told: dict[str, journal.Value] = {"kind": step.value, "reason": row.reason, "name": row.by}
    journal.append("contained", actor=journal.SYSTEM, subject=account, data=told, now=now)
    notice: dict[str, outbox.Told] = {**row.evidence, "reason": row.reason, "at": now.isoformat(), "name": row.by}
    outbox.add_notice(account, TOLD[step], notice, now, key=f"contained/{row.pk}")
    if step is Containment.SUSPEND:
        end_all_sessions(account, now)
    wake_account(account)


def let_go(account: AccountId, now: datetime, *, by: str) -> bool:
    """Ends every containment of the account; gives whether there was one. What was held leaves at once."""
    with transaction.atomic():
        count = Contained.objects.filter(account_id=account, ended_at=None).update(ended_at=now, ended_by=by)
        if count:
            journal.append("let-go", actor=journal.SYSTEM, subject=account, data={"name": by}, now=now)
            outbox.mark_codes_seen(account, frozenset({*TOLD.values(), ANNOUNCED}), now)
            outbox.add_notice(account, "let-go", {"at": now.isoformat()}, now, key=f"let-go/{account}/{now.timestamp()}")
    if count and wake.is_installed():
        wake.current().send(TOPIC)
    return bool(count)


def list_contained(account: AccountId, limit: int = 20) -> list[ContainedShown]:
    """What was and is contained, the newest first."""
    rows = Contained.objects.filter(account_id=account).order_by("-started_at", "-pk")[:limit]
    return [
        ContainedShown(Containment(row.step), row.reason, row.evidence, row.started_at, row.by, row.ended_at, row.applies_at)
        for row in rows
    ]
