"""Filing messages."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import apsw

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail import store
from corneille.mail.flags import normalise_flags, render_flags
from corneille.mail.names import INBOX
from corneille.mail.remove import remove_within
from corneille.mail.settings import MailSettings
from corneille.mail.store.content import Parcel
from corneille.mail.store.mail_account import check_room
from corneille.mail.store.mailbox import find_inbox, get_mailbox
from corneille.mail.store.message import place_content
from corneille.mail.store.record import NotedPlace
from corneille.mail.store.seen import mark
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SEEN, Filed, MailAccount, MailboxGone, MessageTooLarge, NewMessage


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
) -> "Future[tuple[Filed, ...]]":
    """Files messages, all or none (RFC 3502), and resolves when they are durable.

    instead_of  a message that goes for good in the same transaction (RFC 8508)
    refuses  MailboxGone, OverQuota, MessageTooLarge, KeywordRefused, DiskFull; Gone when `instead_of` is not there
    """
    shard = store.current().shard(account.shard)
    try:
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
        return filed

    return shard.submit(apply, parcels)


def _remove(turn: Transaction, account: MailAccount, mailbox: MailboxId, uid: Uid) -> None:
    if not remove_within(turn, account.id, mailbox, [uid], for_good=True):
        raise Gone(uid=uid)


def deliver(
    content: bytes, places: Sequence[Place], *, prefix: bytes = b"", received_at: datetime
) -> "Future[tuple[Filed | Refusal, ...]]":
    """Files one content in many places, written once; each place is filed or refused by itself.

    places  at least one, all in one shard (there is one so far)
    refuses as a whole  MessageTooLarge, KeywordRefused, DiskFull, StorageFault, Busy
    """
    shard = store.current().shard(places[0].account.shard)
    try:
        flags = [normalise_flags(place.flags) for place in places]
        noted = tuple(
            _note_place(shard.reader(), place, render_flags(kept)) for place, kept in zip(places, flags, strict=True)
        )
        parcel = _wrap((prefix, content) if prefix else (content,), received_at, noted)
    except Refusal as refusal:
        return _refused(refusal)

    def apply(turn: Transaction) -> tuple[Filed | Refusal, ...]:
        content: int | None = None
        outcomes: list[Filed | Refusal] = []
        for place, kept in zip(places, flags, strict=True):
            turn.connection.execute("SAVEPOINT place")
            try:
                mailbox = place.mailbox
                if mailbox is None:
                    mailbox = find_inbox(turn.connection, place.account.id)
                filed, content = place_content(
                    turn, place.account.id, mailbox, parcel, kept, content, is_ours=place.is_ours
                )
                outcomes.append(filed)
            except Refusal as refusal:
                turn.connection.execute("ROLLBACK TO place")
                outcomes.append(refusal)
            turn.connection.execute("RELEASE place")
        return tuple(outcomes)

    return shard.submit(apply, (parcel,))


def _note_place(connection: apsw.Connection, place: Place, flags: str) -> NotedPlace:
    """For the content's record; a mailbox that has gone is refused later, by itself."""
    try:
        mailbox = place.mailbox
        if mailbox is None:
            mailbox = find_inbox(connection, place.account.id)
        told = get_mailbox(connection, place.account.id, mailbox)
    except MailboxGone:
        return NotedPlace(place.account.id, INBOX, flags, 0)
    return NotedPlace(place.account.id, told.name, flags, told.uid_validity)


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
