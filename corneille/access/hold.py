"""Whether what let a connection in still holds: app password not revoked, same main password, account active.

A mail program keeps its connection for hours. Each change that ends a right wakes `people/account_topic`; then the
door asks here.
"""

from dataclasses import dataclass
from datetime import datetime

from corneille.access import queries
from corneille.access.containment import find_step
from corneille.access.facts import Containment
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState
from corneille.people.find import find_state


@dataclass(frozen=True, slots=True)
class Hold:
    """By what somebody is in: an app password, or the main password of this serial."""

    account: AccountId
    app_password: int | None
    serial: int


def still_holds(hold: Hold, now: datetime) -> bool:
    """False from the moment on at which the same proof would be refused."""
    if find_state(hold.account) is not AccountState.ACTIVE:
        return False
    if find_step(hold.account) is Containment.SUSPEND:
        return False
    if hold.app_password is not None:
        return queries.is_app_password_good(hold.app_password, now)
    found = queries.find_password(hold.account)
    return found is not None and found[1] == hold.serial
