"""Reading messages: rows in slices, contents, lists for pages."""

from collections.abc import Iterator, Sequence

from corneille.kernel.ids import MailboxId, MessageId, ThreadId, Uid
from corneille.mail.values import MailAccount, Page, Row, Summary, Want

SLICE_ROWS = 200


def fetch(
    account: MailAccount, mailbox: MailboxId, ranges: Sequence[tuple[Uid, Uid]], wants: frozenset[Want] = frozenset(),
    *, slice_rows: int = SLICE_ROWS,
) -> Iterator[list[Row]]:
    """The rows of these UIDs (inclusive ranges, ascending), in slices small enough to run inline on a loop."""
    raise NotImplementedError


def read_content(account: MailAccount, message: MessageId) -> bytes:
    """The message's octets as they came. Raises Gone."""
    raise NotImplementedError


def read_contents(account: MailAccount, rows: Sequence[Row]) -> Iterator[tuple[Row, bytes]]:
    """The octets of many rows, one read each, no query each."""
    raise NotImplementedError


def get_message(account: MailAccount, message: MessageId) -> Summary:
    """One message's line. Raises Gone."""
    raise NotImplementedError


def list_messages(
    account: MailAccount, mailbox: MailboxId, *, cursor: str | None = None, limit: int = 50, unseen_only: bool = False,
) -> Page:
    """A page of a mailbox, newest first; cost does not grow with the mailbox."""
    raise NotImplementedError


def list_thread(account: MailAccount, thread: ThreadId) -> list[Summary]:
    """The conversation's messages in every mailbox but Trash and Junk, oldest first."""
    raise NotImplementedError
