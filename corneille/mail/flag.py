"""Flags and keywords."""

from collections.abc import Sequence
from concurrent.futures import Future
from enum import Enum

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.values import Flagged, MailAccount


class FlagChange(Enum):
    ADD = "+"
    REMOVE = "-"
    REPLACE = "="


def flag(
    account: MailAccount, mailbox: MailboxId, uids: Sequence[Uid], change: FlagChange, flags: frozenset[str],
    *, unchanged_since: ModSeq | None = None,
) -> "Future[Flagged]":
    """Changes the flags of messages. UIDs that are gone are passed over. Refuses MailboxGone, KeywordRefused."""
    raise NotImplementedError
