"""Whether what let a connection in still holds: proof, account and right are as they were, and nobody has ended it.

A mail program keeps its connection for hours. Each change that ends a right wakes `people/account_topic`; then the
door asks here.
"""

from datetime import datetime

from corneille.access import network, queries
from corneille.access.connection import Hold
from corneille.access.containment import find_contained_now
from corneille.access.doubt import was_place
from corneille.access.facts import Containment
from corneille.access.rights import find_missing
from corneille.access.session import find_open
from corneille.access.settings import Access
from corneille.kernel.settings import of
from corneille.people.account_type import AccountState
from corneille.people.find import find_standing_of


def still_holds(hold: Hold, connection: int | None, now: datetime) -> bool:
    """False from the moment on at which the same proof would be refused, or at which its owner has ended it.

    connection  the number under which it is listed (`access/connection`), once it is
    """
    standing = find_standing_of(hold.account)
    if standing is None or standing.state is not AccountState.ACTIVE:
        return False
    is_declared = network.is_declared(hold.network_address, of(Access).declared_networks)
    if find_missing(hold.account, standing.type, hold.door, now, is_declared=is_declared) is not None:
        return False
    contained = find_contained_now(hold.account)
    if contained.step is Containment.SUSPEND:
        return False
    if connection is not None and not queries.is_connection_open(connection):
        return False
    if queries.were_connections_ended(hold.account, since=hold.since):
        return False
    if hold.app_password is not None:
        return queries.is_app_password_good(hold.app_password, now)
    if hold.session_key:
        return hold.session_key in find_open([hold.session_key], now)
    found = queries.find_password(hold.account)
    if found is None or found[1] != hold.serial:
        return False
    if contained.since is None or not contained.doubts(found[4]):
        return True
    return was_place(hold.account, hold.network_address, contained.since)
