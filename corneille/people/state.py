"""Moves an account from one state of its life to another."""

from datetime import datetime

from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people import queries
from corneille.people.account_topic import wake_account
from corneille.people.account_type import AccountState


def decide_state(account: AccountId, state: AccountState, now: datetime, *, by: str, reason: str, actor: str) -> None:
    """The same decided by somebody: the journal, which the person reads too, says who and why. Raises Gone."""
    told: dict[str, journal.Value] = {"state": state.value, "name": by, "reason": reason}
    with transaction.atomic():
        set_state(account, state)
        journal.append("state-decided", actor=actor, subject=account, data=told, now=now)


def set_state(account: AccountId, state: AccountState) -> None:
    """Sets the state; sign-in reads it at the next try, open connections at once. Raises Gone."""
    if not queries.set_state(account, state):
        raise Gone(account=account)
    wake_account(account)
