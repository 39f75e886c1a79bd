"""Who decided what keeps somebody out, why, since when and until when: for whoever has proved to be them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from corneille.access.containment import list_contained
from corneille.access.facts import Containment
from corneille.access.rights import list_rights
from corneille.desk.cause import Cause
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people.account_type import AccountState
from corneille.people.find import find_person
from corneille.people.state import find_state_decided

STATES = {
    Cause.SUSPENDED: AccountState.SUSPENDED, Cause.ENDED: AccountState.ENDED, Cause.MOVED: AccountState.MOVED,
}  # fmt: skip
OF_RIGHTS = frozenset({Cause.NOT_ENTITLED, Cause.NETWORK_NOT_ALLOWED})
OF_GUARD = frozenset({Cause.SUSPENDED_BY_GUARD, Cause.SUSPENDED_FOR_SUPPORT})
RULED = frozenset({*STATES, *OF_RIGHTS, *OF_GUARD})
"""The causes that somebody decided."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision that is in force.

    reason, evidence  what `notices/words` makes words of; an officer's own words stand as they are
    by                a name, or the guard's
    until_on          its last day; None: it has none
    is_undoable       it lasts until its person repairs the account
    """

    by: str
    reason: str
    from_on: date
    until_on: date | None = None
    evidence: dict[str, outbox.Told] = field(default_factory=dict)
    is_undoable: bool = False

    def as_told(self) -> dict[str, outbox.Told]:
        """As a notice holds it."""
        told: dict[str, outbox.Told] = {**self.evidence, "name": self.by, "reason": self.reason}
        if self.is_undoable:
            told["is_undoable"] = True
        if self.until_on is not None:
            told["until_on"] = self.until_on.isoformat()
        return told


def find_ruling(account: AccountId, cause: Cause, door: str, now: datetime) -> Ruling | None:
    """What is in force today; None: nobody decided it, or it is over."""
    if cause in OF_RIGHTS:
        return _find_right(account, door, now)
    if cause not in RULED:
        return None
    return _find_suspension(account, cause) or _find_state(account, cause)


def _find_right(account: AccountId, door: str, now: datetime) -> Ruling | None:
    person = find_person(account)
    rights = list_rights(account, person.type.value, now) if person is not None else []
    found = next((each.decided for each in rights if each.right == door), None)
    return None if found is None else Ruling(found.by, found.reason, found.from_on, found.until_on)


def _find_suspension(account: AccountId, cause: Cause) -> Ruling | None:
    for each in list_contained(account):
        is_in_force = each.ended_at is None and each.applies_at is None and each.step is Containment.SUSPEND
        if is_in_force and each.is_officers == (cause is Cause.SUSPENDED):
            is_undoable = cause is Cause.SUSPENDED_BY_GUARD
            return Ruling(each.by, each.reason, today(each.started_at), evidence=each.evidence, is_undoable=is_undoable)
    return None


def _find_state(account: AccountId, cause: Cause) -> Ruling | None:
    found = find_state_decided(account, STATES[cause]) if cause in STATES else None
    return None if found is None else Ruling(found.by, found.reason, today(found.at))
