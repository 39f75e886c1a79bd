"""What somebody who is signed in must do first, or may not do yet: read at each page, so that it follows what happens."""

from datetime import datetime

from corneille.access.facts import PasswordAge
from corneille.access.password_life import find_life
from corneille.access.reason import Restriction
from corneille.kernel.ids import AccountId


def list_restrictions(account: AccountId, now: datetime) -> frozenset[Restriction]:
    """Those in force now."""
    found = set()
    life = find_life(account, now)
    if life is not None and life.age is PasswordAge.SOFT:
        found.add(Restriction.CHANGE_PASSWORD)
    if life is not None and life.age is PasswordAge.PAST:
        found |= {Restriction.CHANGE_PASSWORD, Restriction.CHANGE_PASSWORD_FIRST}
    return frozenset(found)
