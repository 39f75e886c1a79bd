"""Flags and keywords."""

from collections.abc import Sequence
from concurrent.futures import Future
from enum import Enum

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail import store
from corneille.mail.flags import normalise_flags
from corneille.mail.store.flagging import change_flags
from corneille.mail.values import Flagged, KeywordRefused, MailAccount


class FlagChange(Enum):
    ADD = "+"
    REMOVE = "-"
    REPLACE = "="


def flag(
    account: MailAccount,
    mailbox: MailboxId,
    uids: Sequence[Uid],
    change: FlagChange,
    flags: frozenset[str],
    *,
    unchanged_since: ModSeq | None = None,
) -> "Future[Flagged]":
    """Changes the flags of messages. UIDs that are gone are passed over. Refuses MailboxGone, KeywordRefused."""
    try:
        wanted = normalise_flags(flags)
    except KeywordRefused as refusal:
        refused: Future[Flagged] = Future()
        refused.set_exception(refusal)
        return refused

    def alter(had: frozenset[str], given: frozenset[str]) -> frozenset[str]:
        match change:
            case FlagChange.ADD:
                return had | given
            case FlagChange.REMOVE:
                return had - given
            case FlagChange.REPLACE:
                return given

    return (
        store.current()
        .shard(account.shard)
        .submit(lambda turn: change_flags(turn, account.id, mailbox, uids, wanted, alter, unchanged_since, account.reader))
    )
