"""The queue's SQL. A claim is one UPDATE that re-reads its conditions, so that two processes never hold one
recipient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Min, Q

from corneille.kernel.ids import AccountId, BlobId, MessageId
from corneille.transport.models import QueuedMessage, QueuedRecipient, SentCount, SentLetter

State = QueuedRecipient.State


class KeyUsed(Exception):
    """This writer has sent a letter with this key: nothing was written."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """The key that is written with the queue, and the copy that the writer is owed until `claimed_until` by who sends."""

    key: str
    message_id: str
    recipients: str  # JSON
    owed: BlobId
    claimed_until: datetime
    keeper: AccountId | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that was sent; `owed` is "" once its copy is filed."""

    number: int
    writer: int
    sent_at: datetime
    message_id: str
    recipients: str
    owed: str
    copy: int | None
    keeper: int | None


@dataclass(frozen=True, slots=True)
class NewQueued:
    """A message to put in the queue. `lease_until`: nobody else tries `leased` addresses before then."""

    reference: str
    content: BlobId
    size_bytes: int
    reverse_path: str
    writer: AccountId | None
    is_utf8: bool
    recipients: tuple[str, ...]
    now: datetime
    leased: tuple[str, ...] = ()
    lease_until: datetime | None = None
    held_why: str = ""
    letter: NewLetter | None = None
    added: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One recipient that somebody has claimed."""

    id: int
    address: str
    attempt_count: int
    is_warned: bool
    added: bytes = b""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message whose `waiting` recipients are the claimer's until the lease ends."""

    message: int
    reference: str
    content: BlobId
    reverse_path: str
    writer: AccountId | None
    is_utf8: bool
    queued_at: datetime
    lease: str
    waiting: tuple[Waiting, ...]


def add_queued(new: NewQueued) -> None:
    """Writes the message, its recipients and its letter's key in one transaction: durable when it returns
    (synchronous=FULL). Raises KeyUsed."""
    with transaction.atomic():
        if new.letter is not None:
            _add_letter(new, new.letter)
        message = QueuedMessage.objects.create(
            reference=new.reference,
            content=new.content,
            size_bytes=new.size_bytes,
            reverse_path=new.reverse_path,
            writer=new.writer,
            is_utf8=new.is_utf8,
            queued_at=new.now,
            is_held=bool(new.held_why),
            held_why=new.held_why,
        )
        QueuedRecipient.objects.bulk_create(
            QueuedRecipient(
                message=message,
                address=address,
                next_try_at=new.now,
                lease=new.reference if address in new.leased else "",
                lease_until=new.lease_until if address in new.leased else None,
                added=new.added.get(address, b"").decode("ascii"),
            )
            for address in new.recipients
        )


def _add_letter(new: NewQueued, letter: NewLetter) -> None:
    assert new.writer is not None, "a letter has a writer"
    try:
        with transaction.atomic():
            SentLetter.objects.create(
                writer=new.writer, key=letter.key, sent_at=new.now, message_id=letter.message_id,
                recipients=letter.recipients, owed=letter.owed, claimed_until=letter.claimed_until,
                keeper=letter.keeper,
            )  # fmt: skip
    except IntegrityError:
        raise KeyUsed from None


CLOCKS_DIFFER = timedelta(hours=1)
"""Two processes read the clock at different moments, two machines have two of them: within this an instant ahead is believed,
or what one has claimed the other would claim too, and send twice.
"""


def _has_come(field: str, now: datetime, longest_s: int) -> Q:
    """Whether an instant is past, or far further ahead than any is written: then the clock was set back since."""
    return Q(**{f"{field}__lte": now}) | Q(**{f"{field}__gt": now + timedelta(seconds=longest_s) + CLOCKS_DIFFER})


def claim(lease: str, *, now: datetime, lease_s: int, longest_s: int) -> Claimed | None:
    """Takes the message that has waited longest, with all its recipients that are due; None when nothing
    is.

    longest_s  no try is put off for longer
    """
    free = Q(lease_until=None) | _has_come("lease_until", now, lease_s)
    due = QueuedRecipient.objects.filter(
        free, _has_come("next_try_at", now, longest_s), state=State.WAITING, message__is_held=False
    )
    with transaction.atomic():
        number = due.order_by("next_try_at", "id").values_list("message_id", flat=True).first()
        if number is None:
            return None
        ids = list(due.filter(message_id=number).values_list("id", flat=True))
        QueuedRecipient.objects.filter(free, id__in=ids, state=State.WAITING).update(
            lease=lease, lease_until=now + timedelta(seconds=lease_s)
        )
        rows = list(QueuedRecipient.objects.filter(lease=lease, message_id=number).order_by("id"))
        message = QueuedMessage.objects.get(pk=number)
    return Claimed(
        message=message.pk,
        reference=message.reference,
        content=BlobId(message.content),
        reverse_path=message.reverse_path,
        writer=None if message.writer is None else AccountId(message.writer),
        is_utf8=message.is_utf8,
        queued_at=message.queued_at,
        lease=lease,
        waiting=tuple(
            Waiting(row.pk, row.address, row.attempt_count, row.is_warned, row.added.encode("ascii")) for row in rows
        ),
    )


def set_retry(lease: str, recipient: int, *, at: datetime, reply: str, is_warned: bool) -> None:
    row = QueuedRecipient.objects.filter(pk=recipient, lease=lease).first()
    if row is not None:
        QueuedRecipient.objects.filter(pk=recipient, lease=lease).update(
            next_try_at=at, last_reply=reply, is_warned=is_warned, attempt_count=row.attempt_count + 1,
            lease="", lease_until=None,
        )  # fmt: skip


def set_done(lease: str, addresses: Sequence[str], state: QueuedRecipient.State, *, reply: str) -> None:
    """Ends what this lease holds for these addresses."""
    QueuedRecipient.objects.filter(lease=lease, address__in=addresses).update(
        state=state, last_reply=reply, lease="", lease_until=None
    )


def release(lease: str) -> None:
    """Gives back what was claimed and not tried."""
    QueuedRecipient.objects.filter(lease=lease, state=State.WAITING).update(lease="", lease_until=None)


def drop_finished(reference: str) -> BlobId | None:
    """Removes a message none of whose recipients waits; its blob may then be dropped."""
    with transaction.atomic():
        message = QueuedMessage.objects.filter(reference=reference).first()
        if message is None or message.recipients.filter(state=State.WAITING).exists():
            return None
        message.delete()
    return BlobId(message.content)


def find_next_try(now: datetime) -> datetime | None:
    """When the queue is to be looked at again; None: it is empty."""
    waiting = QueuedRecipient.objects.filter(state=State.WAITING, message__is_held=False)
    free = waiting.filter(Q(lease_until=None) | Q(lease_until__lte=now)).order_by("next_try_at")
    leased = waiting.filter(lease_until__gt=now).order_by("lease_until")
    instants = [
        *free.values_list("next_try_at", flat=True)[:1],
        *[each for each in leased.values_list("lease_until", flat=True)[:1] if each is not None],
    ]
    return min(instants, default=None)


def measure_queue() -> tuple[int, int, datetime | None]:
    """How many recipients wait, how many of them are held, and when the oldest of the others came."""
    waiting = QueuedRecipient.objects.filter(state=State.WAITING)
    moving = waiting.filter(message__is_held=False)
    oldest_at: datetime | None = moving.aggregate(at=Min("message__queued_at"))["at"]
    moving_count = moving.count()
    return moving_count, waiting.count() - moving_count, oldest_at


def list_rows(limit: int) -> list[QueuedRecipient]:
    return list(QueuedRecipient.objects.select_related("message").order_by("message_id", "id")[:limit])


def set_held(reference: str, *, held: bool) -> bool:
    return QueuedMessage.objects.filter(reference=reference).update(is_held=held) == 1


def list_held(writer: AccountId, why: str) -> list[tuple[str, datetime, int, list[str]]]:
    """Reference, when, size and recipients of what is held for this reason, the oldest first."""
    rows = QueuedMessage.objects.filter(writer=writer, is_held=True, held_why=why).order_by("queued_at")
    return [
        (row.reference, row.queued_at, row.size_bytes, list(row.recipients.values_list("address", flat=True)))
        for row in rows.prefetch_related("recipients")
    ]


def list_held_writers(why: str) -> list[AccountId]:
    rows = QueuedMessage.objects.filter(is_held=True, held_why=why).exclude(writer=None)
    return [AccountId(writer) for writer in rows.values_list("writer", flat=True).distinct() if writer is not None]


def let_go_held(writer: AccountId, why: str, *, now: datetime, reference: str | None = None) -> int:
    """Lets what is held for this reason leave, all or one, and makes it due."""
    with transaction.atomic():
        rows = QueuedMessage.objects.filter(writer=writer, is_held=True, held_why=why)
        rows = rows if reference is None else rows.filter(reference=reference)
        kept = list(rows.values_list("pk", flat=True))
        QueuedRecipient.objects.filter(message__in=kept, state=State.WAITING).update(next_try_at=now)
        return QueuedMessage.objects.filter(pk__in=kept).update(is_held=False, held_why="")


def drop_held(writer: AccountId, why: str, reference: str) -> BlobId | None:
    """Takes one held message out of the queue and gives its content's blob; None: there is no such message."""
    row = QueuedMessage.objects.filter(writer=writer, is_held=True, held_why=why, reference=reference).first()
    if row is None:
        return None
    row.delete()
    return BlobId(row.content)


def add_sent(writer: AccountId, at: datetime, recipients_count: int) -> None:
    SentCount.objects.create(writer=writer, at=at, recipients_count=recipients_count)


def list_sent(writer: AccountId, *, since: datetime) -> list[tuple[datetime, int]]:
    rows = SentCount.objects.filter(writer=writer, at__gt=since)
    return list(rows.values_list("at", "recipients_count"))


def drop_sent_before(instant: datetime) -> int:
    return SentCount.objects.filter(at__lt=instant).delete()[0]


def set_due(reference: str, *, now: datetime) -> bool:
    waiting = QueuedRecipient.objects.filter(message__reference=reference, state=State.WAITING)
    return waiting.update(next_try_at=now) > 0


def find_letter(writer: AccountId, key: str) -> LetterRow | None:
    row = SentLetter.objects.filter(writer=writer, key=key).first()
    return None if row is None else _read_letter(row)


def list_owed_letters(now: datetime, longest_s: int) -> list[int]:
    """Those whose copy nobody is filing, the oldest first; nobody claims one for longer than `longest_s`."""
    owed = SentLetter.objects.filter(_has_come("claimed_until", now, longest_s)).exclude(owed="")
    return list(owed.order_by("sent_at").values_list("pk", flat=True)[:1000])


def claim_letter(number: int, *, now: datetime, longest_s: int) -> LetterRow | None:
    """Makes filing this copy the caller's affair for so long; None: somebody else was first."""
    free = SentLetter.objects.filter(_has_come("claimed_until", now, longest_s), pk=number).exclude(owed="")
    if free.update(claimed_until=now + timedelta(seconds=longest_s)) == 0:
        return None
    return _read_letter(SentLetter.objects.get(pk=number))


def set_letter_filed(number: int, copy: MessageId) -> None:
    SentLetter.objects.filter(pk=number).update(owed="", copy=copy)


def drop_letters_before(instant: datetime) -> list[str]:
    """Forgets letters sent before then; gives the blob that each was owed, "" where none."""
    with transaction.atomic():
        rows = list(SentLetter.objects.filter(sent_at__lt=instant).values_list("pk", "owed"))
        SentLetter.objects.filter(pk__in=[number for number, _ in rows]).delete()
    return [owed for _, owed in rows]


def _read_letter(row: SentLetter) -> LetterRow:
    return LetterRow(row.pk, row.writer, row.sent_at, row.message_id, row.recipients, row.owed, row.copy, row.keeper)
