"""An account is made active again by somebody, who hears, as its person does, of what still contains it."""

from datetime import datetime

from corneille.access.containment import ORDER, ContainedShown, list_contained
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState
from corneille.people.state import decide_state


def open_account(account: AccountId, now: datetime, *, by: str, reason: str, actor: str) -> list[ContainedShown]:
    """Opens it, and gives what stays in force, the furthest first: who decided that takes it back. Raises Gone."""
    left = [each for each in list_contained(account) if each.ended_at is None and each.applies_at is None]
    left.sort(key=lambda each: ORDER.index(each.step), reverse=True)
    standing: dict[str, outbox.Told] = {}
    if left:
        standing = {"still": left[0].step.value, "still_name": left[0].by, "still_reason": left[0].reason}
    decide_state(account, AccountState.ACTIVE, now, by=by, reason=reason, actor=actor, standing=standing)
    return left
