"""Moves an account from one state of its life to another."""

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people import queries
from corneille.people.account_topic import wake_account
from corneille.people.account_type import AccountState


def set_state(account: AccountId, state: AccountState) -> None:
    """Sets the state; sign-in reads it at the next try, open connections at once. Raises Gone."""
    if not queries.set_state(account, state):
        raise Gone(account=account)
    wake_account(account)
