"""The stamp that every web session of an account carries: renewing it ends them all."""

import secrets

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_topic import wake_account


def renew_session_stamp(account: AccountId) -> None:
    """Makes every session opened before now worthless, whatever table or process holds it."""
    queries.set_session_stamp(account, secrets.token_hex(16))
    wake_account(account)
