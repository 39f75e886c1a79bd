"""Mail of a contained account: accepted, kept in the queue from everybody, let go or thrown away by its writer."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from corneille.access.burst import find_burst
from corneille.access.burst_settings import COUNTED_FOR, find_usual
from corneille.access.containment import HOLDING, contain, find_step
from corneille.access.facts import Containment
from corneille.kernel import blobs, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import Ground, of
from corneille.transport import queries
from corneille.transport.queue import TOPIC

CONTAINMENT = "containment"


@dataclass(frozen=True, slots=True)
class Held:
    """One held message as its writer sees it."""

    reference: str
    queued_at: datetime
    size_bytes: int
    recipients: tuple[str, ...]


def is_sending_held(account: AccountId, recipients_count: int, now: datetime) -> bool:
    """Counts what is about to be sent; holds the account's sending when that is a burst; says whether it is held."""
    if find_step(account) in HOLDING:
        return True
    usual = find_usual()
    sent = queries.list_sent(account, since=now - max(limit.window for limit in usual.limits))
    burst = find_burst(sent, recipients_count, now, now.astimezone(ZoneInfo(of(Ground).time_zone)), usual)
    queries.add_sent(account, now, recipients_count)
    if burst is None:
        return False
    minutes = int(burst.window.total_seconds() // 60)
    evidence: dict[str, outbox.Told] = {"count": burst.count, "limit": burst.limit_count, "minutes": minutes}
    contain(account, Containment.HOLD_SENDING, "burst", evidence, now, by="guard")
    return True


def list_held(account: AccountId) -> list[Held]:
    """What waits for the account to be let go, the oldest first."""
    return [Held(*row[:3], tuple(row[3])) for row in queries.list_held(account, CONTAINMENT)]


def list_sent_lately(account: AccountId, now: datetime) -> list[tuple[datetime, int]]:
    """What the account sent in the last day, by whatever door, the newest first: when, and to how many."""
    return sorted(queries.list_sent(account, since=now - COUNTED_FOR), reverse=True)


def drop_held(account: AccountId, reference: str) -> None:
    """Throws a held message away: its writer did not write it. Raises Gone."""
    blob = queries.drop_held(account, CONTAINMENT, reference)
    if blob is None:
        raise Gone(reference=reference)
    blobs.current().drop(blob)


def let_go_released(now: datetime) -> int:
    """Lets the mail of those who are contained no more leave; gives how many messages."""
    count = 0
    for writer in queries.list_held_writers(CONTAINMENT):
        if find_step(writer) not in HOLDING:
            count += queries.let_go_held(writer, CONTAINMENT, now=now)
    if count:
        wake.current().send(TOPIC)
    return count


def forget_sent(now: datetime) -> int:
    """Forgets what is counted no more; gives how many."""
    return queries.drop_sent_before(now - COUNTED_FOR)
