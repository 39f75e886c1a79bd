"""Containment in four steps: tell, ask a second factor, hold sending, suspend. Each has a reason, a time and a way out.

Holding sending loses nothing: what is sent waits in the queue. Reading goes on until somebody suspends by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from corneille.access import queries
from corneille.access.facts import Containment
from corneille.access.models import Contained
from corneille.access.password_life import Life
from corneille.access.recovery_contact import SETTLED
from corneille.access.session import end_all_sessions
from corneille.kernel import journal, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.people.account_topic import wake_account

TOPIC = "access/containment"
"""Woken when somebody is let go: what they sent leaves the queue."""
GUARD = "guard"
"""Who decides where nobody does."""
OWNER = "owner"
"""Who repairs their account, or says that it was not them."""
ORDER = (Containment.NONE, Containment.ASK_FACTOR, Containment.HOLD_SENDING, Containment.SUSPEND)
HOLDING = frozenset({Containment.HOLD_SENDING, Containment.SUSPEND})
"""The steps in which what is sent waits."""
DOUBTING = frozenset({"unusual", "not-me"})
"""Reasons that say that somebody else may have the password."""
TOLD = {
    Containment.ASK_FACTOR: "factor-asked",
    Containment.HOLD_SENDING: "sending-held",
    Containment.SUSPEND: "suspended",
}
"""The notice of each step."""
SUSPENDED_BY_GUARD, SUSPENDED_FOR_SUPPORT = "suspended-by-guard", "suspended-for-support"
"""The notices of a suspension that its person may undo, and of one that support does after it has seen them."""
ANNOUNCED, ANNOUNCED_BY_GUARD = "suspension-announced", "suspension-announced-by-guard"
"""The notices of a suspension that has not begun (`access/announced`)."""
SUSPENDING = frozenset({TOLD[Containment.SUSPEND], ANNOUNCED})
"""The notices that an officer alone takes back."""


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

    @property
    def is_officers(self) -> bool:
        """A suspension that its person cannot undo."""
        return is_officers(self.step, self.by)

    def is_outlived_by(self, life: Life) -> bool:
        """Whether the password is newer than what was seen; where somebody else may have the old one, by more than that."""
        is_doubt = self.applies_at is None and doubts(self.step.value, self.reason)
        since = life.proved_at if is_doubt else life.set_at
        return since > self.started_at


@dataclass(frozen=True, slots=True)
class ContainedNow:
    """What contains an account now: what each sign-in reads, in one query.

    is_announced   a suspension is announced
    is_guards      it is suspended, and by nobody but the guard
    is_proof_new   a way to prove who one is was added in the week before, or since: whoever is suspected may have done it
    since          when the first of what is in force began
    suspended_at   when the last suspension in force began
    doubted_at     when the last of what says that somebody else may have the password began
    """

    step: Containment = Containment.NONE
    is_announced: bool = False
    is_guards: bool = False
    is_proof_new: bool = False
    since: datetime | None = None
    suspended_at: datetime | None = None
    doubted_at: datetime | None = None

    @property
    def is_undoable(self) -> bool:
        """A strong proof of its person leads to the repair."""
        return self.is_guards and not self.is_proof_new

    @property
    def is_for_support(self) -> bool:
        """The guard has suspended it, and no proof is worth enough: support sees its person and lets go."""
        return self.is_guards and self.is_proof_new

    def doubts(self, proved_at: datetime) -> bool:
        """Whether somebody else may have a password that was last set by more than the one before it then."""
        return self.doubted_at is not None and proved_at <= self.doubted_at


def doubts(step: str, reason: str) -> bool:
    """Whether such a containment says that somebody else may have the password."""
    return step == Containment.ASK_FACTOR.value or reason in DOUBTING


def is_officers(step: Containment, by: str) -> bool:
    """Whether it is a suspension that somebody decided by name."""
    return step is Containment.SUSPEND and by != GUARD


def find_step(account: AccountId) -> Containment:
    """How far the account is contained now."""
    return find_contained_now(account).step


def find_contained_now(account: AccountId) -> ContainedNow:
    """What contains it now, and what is announced."""
    rows = queries.list_open_steps(account)
    in_force = [each for each in rows if each.is_in_force]
    suspensions = [each for each in in_force if each.step == Containment.SUSPEND.value]
    since = min((each.started_at for each in in_force), default=None)
    return ContainedNow(
        step=max((Containment(each.step) for each in in_force), key=ORDER.index, default=Containment.NONE),
        is_announced=len(in_force) < len(rows),
        is_guards=bool(suspensions) and all(each.by == GUARD for each in suspensions),
        is_proof_new=since is not None
        and any(each.proof_added_at is not None and each.proof_added_at > since - SETTLED for each in in_force),
        since=since,
        suspended_at=max((each.started_at for each in suspensions), default=None),
        doubted_at=max((each.started_at for each in in_force if doubts(each.step, each.reason)), default=None),
    )


def contain(
    account: AccountId, step: Containment, reason: str, evidence: Mapping[str, outbox.Told], now: datetime, *, by: str
) -> None:
    """Contains an account, and tells its person at once on every channel; what is contained as far already stays so.

    An officer suspends by name what the guard has suspended too: its person could undo the guard's alone. And whatever says
    first that somebody else may have the password, or says it again by the owner, counts however far it is contained.

    by  GUARD, OWNER, or the name of the officer who decides
    """
    found = find_contained_now(account)
    is_so_far = ORDER.index(found.step) >= ORDER.index(step)
    is_doubt = reason in DOUBTING or (step is Containment.ASK_FACTOR and by != GUARD)
    is_news = (is_officers(step, by) and found.is_guards) or (is_doubt and (by == OWNER or found.doubted_at is None))
    if is_so_far and not is_news:
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
    code = TOLD[step]
    if step is Containment.SUSPEND and row.by == GUARD:
        code = SUSPENDED_FOR_SUPPORT if find_contained_now(account).is_proof_new else SUSPENDED_BY_GUARD
    outbox.add_notice(account, code, notice, now, key=f"contained/{row.pk}")
    if step is Containment.SUSPEND:
        end_all_sessions(account, now)
    wake_account(account)


def let_go(account: AccountId, now: datetime, *, by: str) -> bool:
    """Ends every containment of the account; gives whether there was one. What was held leaves at once.

    Its OWNER ends all but what an officer suspended, or announced that they will.
    """
    with transaction.atomic():
        rows = Contained.objects.filter(account_id=account, ended_at=None)
        if by == OWNER:
            rows = rows.filter(~Q(step=Containment.SUSPEND.value) | Q(by=GUARD))
        count = rows.update(ended_at=now, ended_by=by)
        if count:
            is_free = not Contained.objects.filter(account_id=account, ended_at=None).exists()
            journal.append("let-go", actor=journal.SYSTEM, subject=account, data={"name": by}, now=now)
            told = frozenset({*TOLD.values(), SUSPENDED_BY_GUARD, SUSPENDED_FOR_SUPPORT, ANNOUNCED, ANNOUNCED_BY_GUARD})
            outbox.mark_codes_seen(account, told if is_free else told - SUSPENDING, now)
            if is_free:
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
