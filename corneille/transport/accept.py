"""Takes a message that another server, or LMTP, brings for our people."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from corneille.groups.audience import ListRefused, find_audience
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.transport.deliver import Refusals, deliver
from corneille.transport.expand import expand
from corneille.transport.header_block import count_fields
from corneille.transport.queue import enqueue
from corneille.transport.recipient import Recipient, find_recipient, note_full
from corneille.transport.settings import TransportSettings
from corneille.transport.trace import draw_reference, format_received
from corneille.transport.values import Accepted, Envelope, MailboxFull, MailLoop, MessageRefused, UnknownRecipient

TRACE_BYTES = 4096
"""Return-Path, Received, and what submission adds, at the most."""

logger = logging.getLogger(__name__)


def accept(envelope: Envelope, content: bytes, now: datetime) -> Future[Accepted]:
    """Files a message for each local recipient and resolves when it is durable, or refused, for each.

    content  RFC 5322 octets, every line ended by CR LF; kept byte for byte under Return-Path and Received
    refuses as a whole  MailLoop, MessageRefused, MessageTooLarge, DiskFull, StorageFault, Busy
    """
    check_loop(content)
    if not envelope.recipients:
        raise MessageRefused(why="no-recipient")
    reference = draw_reference()
    found = [_find(address, now) for address in envelope.recipients]
    if None in found:
        _queue_for_lists(envelope, found, content, now)
    known = tuple(each for each in found if isinstance(each, Recipient))
    answer: Future[Accepted] = Future()
    if not known:
        answer.set_result(Accepted(reference, tuple(each for each in found if not isinstance(each, Recipient))))
        return answer

    def settle(done: Future[Refusals]) -> None:
        fault = done.exception()
        if fault is not None:
            answer.set_exception(fault)
            return
        outcomes = iter(done.result())
        refusals = tuple(next(outcomes) if isinstance(each, Recipient) else each for each in found)
        logger.info(
            "accepted", extra={"reference": reference, "refused": [str(each) for each in refusals if each]}
        )
        answer.set_result(Accepted(reference, refusals))

    traced = format_received(envelope, reference, now) + content
    deliver(envelope.reverse_path, known, traced, now).add_done_callback(settle)
    return answer


def keep_for_later(envelope: Envelope, content: bytes, accepted: Accepted, now: datetime) -> None:
    """Queues a message for the recipients it could not be filed for, when one answer has to do for all
    (SMTP).

    Durable when it returns: then 250 may be said for the whole.
    """
    left = tuple(
        address
        for address, refusal in zip(envelope.recipients, accepted.refusals, strict=True)
        if refusal is not None
    )
    if left:
        traced = format_received(envelope, accepted.reference, now) + content
        enqueue(
            replace(envelope, recipients=left), traced, reference=accepted.reference, writer=None, now=now
        )


def note_refused(envelope: Envelope, accepted: Accepted, now: datetime) -> None:
    """Tells those whose mail account was too full for this message."""
    for address, refusal in zip(envelope.recipients, accepted.refusals, strict=True):
        if isinstance(refusal, MailboxFull):
            note_full(address, now)


def find_content_limit() -> int:
    """The largest content that can be taken, in octets: what mail files, less the trace fields put before
    it."""
    return of(MailSettings).message_bytes - TRACE_BYTES


def check_loop(content: bytes) -> None:
    """Counts Received lines (RFC 5321 §6.3). Raises MailLoop."""
    count = count_fields(content, b"received")
    if count > of(TransportSettings).received_count:
        raise MailLoop(count=count)


def _find(address: str, now: datetime) -> Recipient | Refusal | None:
    """None: a list that is open to the outside."""
    try:
        return find_recipient(address)
    except UnknownRecipient as unknown:
        try:
            return None if find_audience(None, [address], now).lists else unknown
        except ListRefused as refusal:
            return refusal
    except Refusal as refusal:
        return refusal


def _queue_for_lists(
    envelope: Envelope, found: Sequence[Recipient | Refusal | None], content: bytes, now: datetime
) -> None:
    """Queues the message for the people of lists, durably and first: what fails after it is tried again as a whole."""
    told = zip(envelope.recipients, found, strict=True)
    named = tuple(address for address, each in told if not isinstance(each, Refusal))
    people, _audience = expand(replace(envelope, recipients=named), None, now)
    if people.added:
        reference = draw_reference()
        traced = format_received(envelope, reference, now) + content
        enqueue(replace(people, recipients=tuple(people.added)), traced, reference=reference, writer=None, now=now)
