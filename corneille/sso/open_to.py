"""Which services somebody may use, and why not the others."""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.assignment import list_assignments
from corneille.people.find import find_standing_of
from corneille.sso.client import ClientShown, list_clients
from corneille.sso.entitle import find_missing


@dataclass(frozen=True, slots=True)
class Offered:
    """A service and what somebody lacks for it: "type", "establishment", "function"; None: they may use it."""

    client: ClientShown
    missing: str | None


def list_offered(account: AccountId, on: date) -> list[Offered]:
    """Every open service, those that they may use first; mail programs are no place to go to."""
    clients = [each for each in list_clients() if each.closed_at is None and not each.is_program]
    standing = find_standing_of(account)
    if standing is None or not clients:
        return []
    assigned = list_assignments(account, on)
    offered = [Offered(each, find_missing(each.audience, standing.type, assigned)) for each in clients]
    return sorted(offered, key=lambda each: each.missing is not None)


def find_offered(account: AccountId, client: ClientShown, on: date) -> Offered:
    """The same for one service."""
    standing = find_standing_of(account)
    missing = "type" if standing is None else find_missing(client.audience, standing.type, list_assignments(account, on))
    return Offered(client, missing)
