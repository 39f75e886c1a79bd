"""What stands between two steps of one person's proof: who they are so far, since when, under which password. Signed.

The door keeps it in the server-side session, or in the page of somebody who is not signed in; a change of the password
makes it worthless.
"""

import hmac
from datetime import UTC, datetime, timedelta

from corneille.access import queries
from corneille.kernel import keys
from corneille.kernel.ids import AccountId

PURPOSE = "access/ticket"
SECOND_STEP = "second-step"
"""For who has given the right password and owes a second proof."""
LENGTH = 200


def make_ticket(purpose: str, account: AccountId, serial: int, now: datetime) -> str:
    """A ticket for one purpose ("reset", SECOND_STEP, a letter's code …)."""
    told = f"{account}.{serial}.{int(now.timestamp())}"
    return f"{told}.{keys.current().mac(PURPOSE, purpose.encode(), told.encode()).hex()}"


def find_holder(ticket: str) -> AccountId | None:
    """Whose a ticket says to be, unproved: for what a page shows meanwhile, from a session that we keep ourselves."""
    number = ticket.partition(".")[0]
    return AccountId(int(number)) if number.isascii() and number.isdigit() and len(number) < 16 else None


def find_made_at(ticket: str) -> datetime:
    """When a ticket that was read as good was made, to the second."""
    return datetime.fromtimestamp(int(ticket.split(".")[2]), UTC)


def read_ticket(purpose: str, ticket: str, now: datetime, lasts: timedelta) -> AccountId | None:
    """Whose it is; None: forged, too old, for something else, or of a password that has been changed."""
    told, _dot, given = ticket[:LENGTH].rpartition(".")
    macs = [keys.keyed_hash(key.secret, purpose.encode(), told.encode()) for key in keys.current().all(PURPOSE)]
    if not any(hmac.compare_digest(mac.hex().encode(), given.encode()) for mac in macs):
        return None
    number, serial, seconds = (int(each) for each in told.split("."))
    if not timedelta() <= now - datetime.fromtimestamp(seconds, UTC) + timedelta(seconds=1) <= lasts:
        return None
    kept = queries.find_password(AccountId(number))
    return AccountId(number) if (kept[1] if kept else 0) == serial else None
