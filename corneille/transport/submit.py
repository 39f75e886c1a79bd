"""Takes a message that one of our people sends."""

import logging
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from django.db import DatabaseError

from corneille.access.facts import PasswordAge
from corneille.access.password_life import find_life
from corneille.access.reason import Reason
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of
from corneille.mail.values import MessageTooLarge
from corneille.transport import queries
from corneille.transport.accept import check_loop, find_content_limit
from corneille.transport.deliver import deliver
from corneille.transport.expand import expand
from corneille.transport.header_block import drop_fields, list_fields
from corneille.transport.held import CONTAINMENT, is_sending_held
from corneille.transport.list_header import put_before
from corneille.transport.queue import drop_when_finished, enqueue
from corneille.transport.recipient import Recipient, find_recipient, is_local
from corneille.transport.sender import check_sender, note_positions
from corneille.transport.sent_letter import find_sent, forgive_copy, owe_copy
from corneille.transport.settings import TransportSettings
from corneille.transport.trace import draw_reference, format_received
from corneille.transport.values import (
    Accepted,
    AlreadySent,
    AudienceNotConfirmed,
    Envelope,
    MessageRefused,
    Once,
    SendingPaused,
    UnknownRecipient,
)
from corneille.wire.smtp.data import normalise_line_ends
from corneille.wire.smtp.path import parse_path

_BLIND = frozenset({b"bcc", b"resent-bcc", b"return-path"})
"""Never leave us: who got a blind copy (RFC 5322 §3.6.3), and a Return-Path that only a last server
writes."""

logger = logging.getLogger(__name__)


def submit(
    account: AccountId, envelope: Envelope, content: bytes, now: datetime, *, once: Once | None = None
) -> Future[Accepted]:
    """Sends a message for its writer. Blocks until colleagues have it and the rest is durably queued.

    Lists are expanded before anything is filed or queued; where one is named, all are queued first.

    once     what is sent from a page: its key is written with the queue, so that no second one leaves, in any process
             and after any crash; then it is always queued first, and a full mailbox is tried again instead of refused

    content  RFC 5322 octets; Date and Message-ID are added where they miss, Bcc is taken out, bare line
    ends mended refuses  SendingPaused, SenderRefused, MessageRefused, UnknownRecipient, MailLoop, MessageTooLarge,
    AlreadySent, ListRefused, AudienceNotConfirmed, DiskFull, StorageFault,
             and MailboxFull when nobody at all could be served: then nothing is sent
    """
    if once is not None and find_sent(account, once.key) is not None:
        raise AlreadySent  # before it is counted as a message
    _check_writer(account, now)
    named = _check_recipients(envelope)
    envelope, audience = expand(named, account, now)
    if len(envelope.recipients) > len(named.recipients):
        _check_count(envelope)
    if once is not None and audience.lists and once.confirmed != audience.digest:
        raise AudienceNotConfirmed
    limit_bytes = find_content_limit()
    if len(content) > limit_bytes:
        raise MessageTooLarge(size_bytes=len(content), limit_bytes=limit_bytes)
    reference = draw_reference()
    # Completed before it is judged: a bare CR that is mended afterwards could open a second From.
    content = complete(content, reference, now)
    signed = check_sender(account, envelope, content)
    check_loop(content)
    local = _find_local(envelope)
    finished = format_received(envelope, reference, now) + content
    is_held = is_sending_held(account, len(envelope.recipients), now)
    accepted = Accepted(reference, (None,) * len(named.recipients), is_held=is_held)
    keeper = note_positions(account, signed, now)
    letter = None if once is None else owe_copy(once, named.recipients, keeper, now)
    if is_held:
        # Accepted, durable, and kept from everybody until its writer is let go: nothing is lost, nothing gets out.
        _queue(account, envelope, finished, reference, now, held_why=CONTAINMENT, letter=letter)
    elif letter is None and not envelope.added and len(local) == len(envelope.recipients):
        _deliver_then_queue(account, envelope, local, finished, reference, now)
    else:
        waiting = _queue_then_deliver(account, envelope, local, finished, reference, now, letter)
        accepted = replace(accepted, waiting=waiting)
    logger.info("submitted", extra={"reference": reference, "account": account})
    answer: Future[Accepted] = Future()
    answer.set_result(accepted)
    return answer


def _check_writer(account: AccountId, now: datetime) -> None:
    """A connection or a page may have been open since before the date: the sign-in alone does not tell."""
    life = find_life(account, now)
    if life is not None and life.age is not PasswordAge.FRESH:
        why = Reason.SOFT_LANDING if life.age is PasswordAge.SOFT else Reason.PASSWORD_EXPIRED
        raise SendingPaused(why=why.value)


def complete(content: bytes, reference: str, now: datetime) -> bytes:
    """The content as it may leave: clean line ends, no Bcc, with Date and Message-ID (RFC 6409 §8.2,
    §8.3)."""
    if content.count(b"\r\n") != content.count(b"\n") or content.count(b"\r") != content.count(b"\n"):
        content = normalise_line_ends(content)
    content = drop_fields(content, _BLIND)
    names = {field.name for field in list_fields(content)}
    added = b""
    if b"date" not in names:
        added += f"Date: {format_datetime(now)}\r\n".encode()
    if b"message-id" not in names:
        added += f"Message-ID: <{reference}@{of(Ground).domain}>\r\n".encode()
    return added + content


def _check_recipients(envelope: Envelope) -> Envelope:
    """The envelope with SMTPUTF8 where an address needs it."""
    if not envelope.recipients:
        raise MessageRefused(why="no-recipient")
    _check_count(envelope)
    for address in envelope.recipients:
        if parse_path(address) is None:  # nothing else may ever stand in an RCPT that we say
            raise MessageRefused(why="bad-recipient", address=address)
    is_ascii = all(address.isascii() for address in (envelope.reverse_path, *envelope.recipients))
    return replace(envelope, is_utf8=envelope.is_utf8 or not is_ascii)


def _check_count(envelope: Envelope) -> None:
    limit = of(TransportSettings).recipients_per_message
    if len(envelope.recipients) > limit:
        raise MessageRefused(why="too-many-recipients", limit=limit)


def _find_local(envelope: Envelope) -> tuple[Recipient, ...]:
    """The colleagues among the recipients. A list's member without a mail account is left to the relay, which tells the
    writer: the others must not wait for that."""
    found = [find_recipient(each) for each in envelope.recipients if each not in envelope.added and is_local(each)]
    for address in filter(is_local, envelope.added):
        with suppress(UnknownRecipient):
            found.append(find_recipient(address))
    return tuple(found)


def _deliver_then_queue(
    account: AccountId,
    envelope: Envelope,
    local: tuple[Recipient, ...],
    content: bytes,
    reference: str,
    now: datetime,
) -> None:
    """Colleagues only: no queue, unless somebody's mailbox is full while others have been served."""
    refusals = deliver(envelope.reverse_path, local, content, now).result()
    left = tuple(each.address for each, refusal in zip(local, refusals, strict=True) if refusal is not None)
    if len(left) == len(local):
        raise next(refusal for refusal in refusals if refusal is not None)
    if left:
        enqueue(replace(envelope, recipients=left), content, reference=reference, writer=account, now=now)


def _queue_then_deliver(
    account: AccountId,
    envelope: Envelope,
    local: tuple[Recipient, ...],
    content: bytes,
    reference: str,
    now: datetime,
    letter: queries.NewLetter | None,
) -> tuple[str, ...]:
    """Everybody is durably queued first, so that nobody is forgotten; then colleagues are served at once.

    returns  the colleagues who could not be served yet
    """
    colleagues = tuple(each.address for each in local)
    _queue(account, envelope, content, reference, now, leased=colleagues, letter=letter)
    if local:
        try:
            return _serve(envelope, local, content, reference, now)
        except (Refusal, DatabaseError, OSError) as fault:
            # It is durably queued, and so accepted: an error told now would make the program send it again. The relay
            # goes on when the lease ends.
            logger.warning("left to the queue", extra={"reference": reference, "fault": str(fault)})
    return ()


def _queue(
    account: AccountId, envelope: Envelope, content: bytes, reference: str, now: datetime, *,
    leased: tuple[str, ...] = (), held_why: str = "", letter: queries.NewLetter | None,
) -> None:  # fmt: skip
    try:
        enqueue(
            envelope, content, reference=reference, writer=account, now=now, leased=leased, held_why=held_why, letter=letter
        )
    except queries.KeyUsed:
        if letter is not None:
            forgive_copy(account, letter)
        raise AlreadySent from None


def _serve(
    envelope: Envelope, local: tuple[Recipient, ...], content: bytes, reference: str, now: datetime
) -> tuple[str, ...]:
    """Delivers to colleagues what is queued for them under our own lease, and gives the lease back; says who waits."""
    served: list[str] = []
    try:
        for fields, group in _group_by_fields(envelope, local):
            refusals = deliver(envelope.reverse_path, group, put_before(fields, content), now).result()
            filed = [each.address for each, refusal in zip(group, refusals, strict=True) if refusal is None]
            queries.set_done(reference, filed, queries.State.DELIVERED, reply="")
            served += filed
    finally:
        queries.release(reference)
        drop_when_finished(reference)
    return tuple(each.address for each in local if each.address not in served)


def _group_by_fields(envelope: Envelope, local: tuple[Recipient, ...]) -> list[tuple[bytes, tuple[Recipient, ...]]]:
    """Who gets the same octets: those who are named, then those whom each list reaches."""
    groups: dict[bytes, tuple[Recipient, ...]] = {}
    for each in local:
        fields = envelope.added.get(each.address, b"")
        groups[fields] = (*groups.get(fields, ()), each)
    return list(groups.items())
