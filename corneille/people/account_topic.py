"""The wake-up that says "something changed in how this account may be used": open connections look again."""

from django.db import transaction

from corneille.kernel import wake
from corneille.kernel.ids import AccountId


def account_topic(account: AccountId) -> str:
    """The topic of `kernel/wake`."""
    return f"account/{account}"


def wake_account(account: AccountId) -> None:
    """Wakes who watches the account, here and in other processes, once the caller's transaction stands."""
    if wake.is_installed():
        transaction.on_commit(lambda: wake.current().send(account_topic(account)))
