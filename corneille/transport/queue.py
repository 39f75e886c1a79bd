"""The queue as an operator sees it, and putting something into it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.kernel import blobs, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.transport import queries
from corneille.transport.settings import TransportSettings
from corneille.transport.values import Envelope

TOPIC = "transport/queue"


@dataclass(frozen=True, slots=True)
class Queued:
    """One line of the queue."""

    reference: str
    reverse_path: str
    recipient: str
    state: str
    attempt_count: int
    queued_at: datetime
    next_try_at: datetime
    last_reply: str
    is_held: bool
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """How long the queue is; `oldest_at`: when the oldest that is not held came, None when nothing waits."""

    waiting_count: int
    held_count: int
    oldest_at: datetime | None


def measure_queue() -> Measured:
    """The queue in numbers, for the operator."""
    return Measured(*queries.measure_queue())


def enqueue(
    envelope: Envelope,
    content: bytes,
    *,
    reference: str,
    writer: AccountId | None,
    now: datetime,
    leased: tuple[str, ...] = (),
    held_why: str = "",
    letter: queries.NewLetter | None = None,
) -> None:
    """Puts a message in the queue: content, then rows, both durable when it returns; then wakes the relay.

    content  must be like no other queued content (its Received line names `reference`): its blob goes with
    its row leased   recipients that the caller serves itself, under the lease named `reference`
    raises   queries.KeyUsed: the writer has sent a letter with this key; nothing is queued
    """
    blob = blobs.current().add(content)
    new = queries.NewQueued(
        reference=reference,
        content=blob,
        size_bytes=len(content),
        reverse_path=envelope.reverse_path,
        writer=writer,
        is_utf8=envelope.is_utf8,
        recipients=tuple(dict.fromkeys(envelope.recipients)),
        now=now,
        leased=leased,
        held_why=held_why,
        lease_until=now + timedelta(seconds=of(TransportSettings).lease_s) if leased else None,
        letter=letter,
        added=envelope.added,
    )
    try:
        queries.add_queued(new)
    except queries.KeyUsed:
        blobs.current().drop(blob)
        raise
    wake.current().send(TOPIC)


def list_queue(limit: int = 1000) -> list[Queued]:
    """What waits, and what of it has been served already, oldest message first."""
    return [
        Queued(
            reference=row.message.reference,
            reverse_path=row.message.reverse_path,
            recipient=row.address,
            state=row.state,
            attempt_count=row.attempt_count,
            queued_at=row.message.queued_at,
            next_try_at=row.next_try_at,
            last_reply=row.last_reply,
            is_held=row.message.is_held,
            size_bytes=row.message.size_bytes,
        )
        for row in queries.list_rows(limit)
    ]


def hold(reference: str) -> None:
    """Keeps a message in the queue untried until it is let go. Raises Gone."""
    if not queries.set_held(reference, held=True):
        raise Gone(reference=reference)


def let_go(reference: str) -> None:
    """Tries a held message again from now on. Raises Gone."""
    if not queries.set_held(reference, held=False):
        raise Gone(reference=reference)
    wake.current().send(TOPIC)


def retry_now(reference: str, *, now: datetime) -> None:
    """Makes every waiting recipient of the message due at once. Raises Gone."""
    if not queries.set_due(reference, now=now):
        raise Gone(reference=reference)
    wake.current().send(TOPIC)


def drop_when_finished(reference: str) -> None:
    """Forgets a message that waits for nobody, then its content."""
    blob = queries.drop_finished(reference)
    if blob is not None:
        blobs.current().drop(blob)
