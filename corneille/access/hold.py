"""Whether what let a connection in still holds: app password not revoked, same main password, account active, not ended.

A mail program keeps its connection for hours. Each change that ends a right wakes `people/account_topic`; then the
door asks here.
"""

from datetime import datetime

from corneille.access import queries
from corneille.access.connection import Hold
from corneille.access.containment import find_step
from corneille.access.facts import Containment
from corneille.people.account_type import AccountState
from corneille.people.find import find_state


def still_holds(hold: Hold, connection: int | None, now: datetime) -> bool:
    """False from the moment on at which the same proof would be refused, or at which its owner has ended it.

    connection  the number under which it is listed (`access/connection`), once it is
    """
    if find_state(hold.account) is not AccountState.ACTIVE:
        return False
    if find_step(hold.account) is Containment.SUSPEND:
        return False
    if connection is not None and not queries.is_connection_open(connection):
        return False
    if queries.were_connections_ended(hold.account, since=hold.since):
        return False
    if hold.app_password is not None:
        return queries.is_app_password_good(hold.app_password, now)
    found = queries.find_password(hold.account)
    return found is not None and found[1] == hold.serial
