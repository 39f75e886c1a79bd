"""Where an account was let in lately: strangers do not push its owner out of there."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corneille.access import queries
from corneille.access.facts import MAIL_DOORS
from corneille.access.network import UNKNOWN, format_network
from corneille.access.settings import Access
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

PLACES_READ = 200
"""Sign-ins looked at to know a place again."""
EVERY_DOOR = ("web", *MAIL_DOORS)


def is_known_place(account: AccountId, network_address: str, now: datetime, doors: Iterable[str] = EVERY_DOOR) -> bool:
    """Whether the account was let in from this network at one of these doors, during `place_known_days_count` days."""
    since = now - timedelta(days=of(Access).place_known_days_count)
    recent = queries.list_granted_addresses(account, doors=tuple(doors), since=since, limit=PLACES_READ)
    network = format_network(network_address)
    return network != UNKNOWN and network in {format_network(address) for address in recent}
