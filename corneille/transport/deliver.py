"""Files one content for local recipients: each once, however many of their addresses are named."""

from concurrent.futures import Future
from datetime import datetime

from corneille.kernel.metrics import DELIVERIES
from corneille.kernel.refusal import Gone, Refusal
from corneille.mail import append
from corneille.mail.values import Filed, MailAccount, OverQuota, StorageFault
from corneille.transport.recipient import Recipient
from corneille.transport.trace import format_return_path
from corneille.transport.unwanted import JUNK_KEYWORD, find_junk, is_unwanted
from corneille.transport.values import MailboxFull

Refusals = tuple[Refusal | None, ...]


def deliver(
    reverse_path: str,
    recipients: tuple[Recipient, ...],
    content: bytes,
    now: datetime,
    *,
    is_ours: bool = False,
) -> Future[Refusals]:
    """Files the content, Return-Path before it (RFC 5321 §4.4); resolves when durable: one refusal or None
    each.

    is_ours  a notice of the service itself, filed in a full mail account too
    refuses as a whole  MessageTooLarge, DiskFull, StorageFault, Busy, IndexLost
    """
    accounts: list[MailAccount] = list(dict.fromkeys(recipient.account for recipient in recipients))
    places = [append.Place(account, is_ours=is_ours) for account in accounts]
    if is_unwanted(content):
        places = [append.Place(each, find_junk(each), frozenset({JUNK_KEYWORD})) for each in accounts]
    filed = append.deliver(
        content,
        places,
        prefix=format_return_path(reverse_path),
        received_at=now,
    )
    answer: Future[Refusals] = Future()

    def settle(done: "Future[tuple[Filed | Refusal, ...]]") -> None:
        fault = done.exception()
        if fault is not None:
            answer.set_exception(fault)
            return
        outcomes = dict(zip(accounts, done.result(), strict=True))
        for each in outcomes.values():
            DELIVERIES.labels(_name_outcome(each)).inc()
        answer.set_result(tuple(_refusal_of(outcomes[each.account], each.address) for each in recipients))

    filed.add_done_callback(settle)
    return answer


def _name_outcome(outcome: Filed | Refusal) -> str:
    match outcome:
        case OverQuota():
            return "full"
        case Refusal():
            return "refused"
        case _:
            return "filed"


def _refusal_of(outcome: Filed | Refusal, address: str) -> Refusal | None:
    match outcome:
        case OverQuota():
            return MailboxFull(address=address)
        case Gone():  # the recipient is known, its mail is not: an index has lost it, and nothing may bounce for that
            return StorageFault(address=address)
        case Refusal():
            return outcome
        case _:
            return None
