"""Moves an account from one state of its life to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people import queries
from corneille.people.account_topic import wake_account
from corneille.people.account_type import AccountState

TOLD = {
    AccountState.SUSPENDED: "suspended",
    AccountState.ENDED: "account-ended",
    AccountState.MOVED: "account-moved",
    AccountState.ACTIVE: "account-opened",
}
"""The notice of each state that somebody decides."""
OPENED_IN_PART = "account-opened-in-part"
"""Of an account that is opened while something else still contains it."""


@dataclass(frozen=True, slots=True)
class StateDecided:
    """Who decided the state that an account is in, why, and when."""

    by: str
    reason: str
    at: datetime


def decide_state(
    account: AccountId, state: AccountState, now: datetime, *, by: str, reason: str, actor: str,
    standing: Mapping[str, outbox.Told] | None = None,
) -> None:  # fmt: skip
    """The same decided by somebody: the person is told at once who and why, on every channel; the journal keeps it.

    standing  what contains an account that is opened and stays so (`access/open_account`), as the notice tells it
    raises    Gone
    """
    told: dict[str, journal.Value] = {"state": state.value, "name": by, "reason": reason}
    with transaction.atomic():
        set_state(account, state)
        journal.append("state-decided", actor=actor, subject=account, data=told, now=now)
        outbox.mark_codes_seen(account, frozenset({*TOLD.values(), OPENED_IN_PART}), now)
        if state in TOLD:
            notice: dict[str, outbox.Told] = {"name": by, "reason": reason, "at": now.isoformat(), **(standing or {})}
            code = TOLD[state] if not standing else OPENED_IN_PART
            outbox.add_notice(account, code, notice, now, key=f"state-decided/{account}/{now.timestamp()}")


def set_state(account: AccountId, state: AccountState) -> None:
    """Sets the state; sign-in reads it at the next try, open connections at once. Raises Gone."""
    if not queries.set_state(account, state):
        raise Gone(account=account)
    wake_account(account)


def find_state_decided(account: AccountId, state: AccountState) -> StateDecided | None:
    """What the journal keeps of the decision that led to this state; None: nobody's, or older than the journal."""
    line = journal.find_line("state-decided", subject=account)
    if line is None or line.data.get("state") != state.value:
        return None
    return StateDecided(str(line.data["name"]), str(line.data["reason"]), line.at)
