"""Finding messages."""

from collections.abc import Iterator

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.criteria import Criterion
from corneille.mail.values import MailAccount, Page


def search(account: MailAccount, mailbox: MailboxId, criterion: Criterion) -> Iterator[list[Uid]]:
    """The UIDs that match, ascending, in slices; substring semantics, always right (words still to be indexed are scanned)."""
    raise NotImplementedError


def search_words(
    account: MailAccount, text: str, *, mailbox: MailboxId | None = None, cursor: str | None = None, limit: int = 50,
) -> Page:
    """What a person types: words and prefixes, accents and case ignored, all must match; newest first, Junk and Trash left out unless asked for."""
    raise NotImplementedError
