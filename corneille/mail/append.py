"""Filing messages."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import apsw

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail import store
from corneille.mail.flags import normalise_flags, render_flags
from corneille.mail.remove import remove_within
from corneille.mail.settings import MailSettings
from corneille.mail.store.content import Parcel
from corneille.mail.store.mail_account import check_room
from corneille.mail.store.mailbox import find_inbox, get_mailbox
from corneille.mail.store.message import place_content
from corneille.mail.store.record import NotedPlace
from corneille.mail.store.seen import mark
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SEEN, Filed, MailAccount, MessageTooLarge, NewMessage


@dataclass(frozen=True, slots=True)
class Place:
    """Where one delivery goes; `junk` and rules choose the mailbox before."""

    account: MailAccount
    mailbox: MailboxId | None = None  # None: INBOX
    flags: frozenset[str] = frozenset()
    is_ours: bool = False  # a notice of the service itself: filed in a full mail account too, for it may say so


def append(
    account: MailAccount,
    mailbox: MailboxId,
    messages: Sequence[NewMessage],
    *,
    instead_of: tuple[MailboxId, Uid] | None = None,
    together_with: Callable[[Transaction], object] | None = None,
) -> "Future[tuple[Filed, ...]]":
    """Files messages, all or none (RFC 3502), and resolves when they are durable.

    instead_of  a message that goes for good in the same transaction (RFC 8508)
    together_with  what else becomes of this shard in that transaction
    refuses  MailboxGone, OverQuota, MessageTooLarge, KeywordRefused, DiskFull, IndexLost; Gone when `instead_of` is not
             there
    """
    try:
        shard = store.current().shard(account.shard)
        told = get_mailbox(shard.reader(), account.id, mailbox)
        given = [normalise_flags(message.flags) for message in messages]
        # What one reader has read is nobody else's matter: not a flag of the message, nor of its record.
        flags = given if account.reader is None else [kept - {SEEN} for kept in given]
        parcels = [
            _wrap(
                (message.content,),
                message.received_at,
                (NotedPlace(account.id, told.name, render_flags(kept), told.uid_validity),),
            )
            for message, kept in zip(messages, flags, strict=True)
        ]
        if instead_of is None:  # else there may be room once that has gone: the transaction knows
            check_room(shard.reader(), account.id, sum(parcel.size_bytes for parcel in parcels))
    except Refusal as refusal:
        return _refused(refusal)

    def apply(turn: Transaction) -> tuple[Filed, ...]:
        if instead_of is not None:
            _remove(turn, account, *instead_of)
        filed = tuple(
            place_content(turn, account.id, mailbox, parcel, kept)[0] for parcel, kept in zip(parcels, flags, strict=True)
        )
        if account.reader is not None:
            for each, kept in zip(filed, given, strict=True):
                if SEEN in kept:
                    mark(turn, account.reader, mailbox, [(each.id, True)], each.modseq)
        if together_with is not None:
            together_with(turn)
        return filed

    return shard.submit(apply, parcels)


def _remove(turn: Transaction, account: MailAccount, mailbox: MailboxId, uid: Uid) -> None:
    if not remove_within(turn, account.id, mailbox, [uid], for_good=True):
        raise Gone(uid=uid)


def deliver(
    content: bytes, places: Sequence[Place], *, prefix: bytes = b"", received_at: datetime
) -> "Future[tuple[Filed | Refusal, ...]]":
    """Files one content in many places, written once; each place is filed or refused by itself.

    Places that are refused (no room, gone) are found before the content is written. Where one is only refused after,
    the whole is written anew for the others, so that a segment never names a place that was refused: an index rebuilt
    from it would file there what its sender has been told to send again.

    places  at least one, all in one shard (there is one so far)
    refuses as a whole  MessageTooLarge, KeywordRefused, DiskFull, StorageFault, Busy, IndexLost
    """
    try:
        delivery = _Delivery((prefix, content) if prefix else (content,), places, received_at)
        delivery.attempt()
    except Refusal as refusal:
        return _refused(refusal)
    return delivery.answer


class _PlacesRefused(Exception):
    """After the content was written: place -> why; nothing of the delivery was done."""

    def __init__(self, refusals: dict[int, Refusal]) -> None:
        super().__init__()
        self.refusals = refusals


class _Delivery:
    """One content on its way to the places that have not refused it yet."""

    def __init__(self, chunks: tuple[bytes, ...], places: Sequence[Place], received_at: datetime) -> None:
        self.answer: Future[tuple[Filed | Refusal, ...]] = Future()
        self._chunks, self._places, self._received_at = chunks, places, received_at
        self._flags = [normalise_flags(place.flags) for place in places]
        self._outcomes: dict[int, Filed | Refusal] = {}

    def attempt(self) -> None:
        """Each attempt has fewer places than the one before. Raises Refusal when nothing can be done for any."""
        shard = store.current().shard(self._places[0].account.shard)
        size_bytes = sum(len(chunk) for chunk in self._chunks)
        going: list[tuple[int, MailboxId]] = []
        noted: list[NotedPlace] = []
        for number, place in enumerate(self._places):
            if number not in self._outcomes:
                try:
                    mailbox, named = _find_place(shard.reader(), place, render_flags(self._flags[number]), size_bytes)
                except Refusal as refusal:
                    self._outcomes[number] = refusal
                else:
                    going.append((number, mailbox))
                    noted.append(named)
        if going:
            parcel = _wrap(self._chunks, self._received_at, tuple(noted))
            shard.submit(partial(self._file, going=going, parcel=parcel), (parcel,)).add_done_callback(self._settle)
        else:
            self.answer.set_result(tuple(self._outcomes[number] for number in range(len(self._places))))

    def _file(self, turn: Transaction, going: list[tuple[int, MailboxId]], parcel: Parcel) -> dict[int, Filed]:
        content: int | None = None
        filed: dict[int, Filed] = {}
        refusals: dict[int, Refusal] = {}
        for number, mailbox in going:
            place = self._places[number]
            try:
                filed[number], content = place_content(
                    turn, place.account.id, mailbox, parcel, self._flags[number], content, is_ours=place.is_ours
                )
            except Refusal as refusal:
                refusals[number] = refusal
        if refusals:
            raise _PlacesRefused(refusals)
        return filed

    def _settle(self, done: "Future[dict[int, Filed]]") -> None:
        fault = done.exception()
        try:
            if isinstance(fault, _PlacesRefused):
                self._outcomes |= fault.refusals
                self.attempt()
                return
        except Exception as refusal:  # noqa: BLE001  # carried to whoever waits for the answer
            fault = refusal
        if fault is not None:
            self.answer.set_exception(fault)
        else:
            self._outcomes |= done.result()
            self.answer.set_result(tuple(self._outcomes[number] for number in range(len(self._places))))


def _find_place(
    connection: apsw.Connection, place: Place, flags: str, size_bytes: int
) -> tuple[MailboxId, NotedPlace]:
    """The mailbox, and what the content's record says of it. Raises MailboxGone, Gone, OverQuota."""
    mailbox = place.mailbox
    if mailbox is None:
        mailbox = find_inbox(connection, place.account.id)
    told = get_mailbox(connection, place.account.id, mailbox)
    if not place.is_ours:
        check_room(connection, place.account.id, size_bytes)
    return mailbox, NotedPlace(place.account.id, told.name, flags, told.uid_validity)


def _wrap(chunks: tuple[bytes, ...], received_at: datetime, places: tuple[NotedPlace, ...]) -> Parcel:
    size_bytes = sum(len(chunk) for chunk in chunks)
    limit_bytes = of(MailSettings).message_bytes
    if size_bytes > limit_bytes:
        raise MessageTooLarge(size_bytes=size_bytes, limit_bytes=limit_bytes)
    return Parcel(chunks, int(received_at.timestamp()), places, size_bytes)


def _refused(refusal: Refusal) -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_exception(refusal)
    return future
