"""Filing messages."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import MailboxId
from corneille.kernel.refusal import Refusal
from corneille.mail.values import Filed, MailAccount, NewMessage


@dataclass(frozen=True, slots=True)
class Place:
    """Where one delivery goes; `junk` and rules choose the mailbox before."""

    account: MailAccount
    mailbox: MailboxId | None = None  # None: INBOX
    flags: frozenset[str] = frozenset()


def append(account: MailAccount, mailbox: MailboxId, messages: Sequence[NewMessage]) -> "Future[tuple[Filed, ...]]":
    """Files messages, all or none (RFC 3502), and resolves when they are durable.

    refuses  MailboxGone, OverQuota, MessageTooLarge, KeywordRefused, DiskFull
    """
    raise NotImplementedError


def deliver(content: bytes, places: Sequence[Place], *, prefix: bytes = b"", received_at: datetime) -> "Future[tuple[Filed | Refusal, ...]]":
    """Files one content in many places, written once per shard; each place is filed or refused by itself."""
    raise NotImplementedError
