"""Reading messages: rows in slices, contents, lists for pages."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from corneille.kernel.ids import MailboxId, MessageId, ModSeq, ThreadId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail import store
from corneille.mail.cursor import Cursor, format_cursor, parse_cursor
from corneille.mail.slices import Slice, Work
from corneille.mail.store import content as contents
from corneille.mail.store import line, listing, row
from corneille.mail.store.mailbox import check_mailbox, get_mailbox
from corneille.mail.store.record import Damaged
from corneille.mail.store.sql import find_value
from corneille.mail.values import Fact, MailAccount, Page, Row, StorageFault, Summary, Want

log = logging.getLogger(__name__)

SLICE_ROWS = 200
MODSEQS = 4000
"""Looked up by one statement: some two milliseconds."""
RECENT = line.RECENT
"""Says of a message for `fetch_lines` that it is \\Recent to who asks."""


def fetch(
    account: MailAccount,
    mailbox: MailboxId,
    ranges: Sequence[tuple[Uid, Uid]],
    wants: frozenset[Want] = frozenset(),
    *,
    slice_rows: int = SLICE_ROWS,
) -> Iterator[list[Row]]:
    """The rows of these UIDs (inclusive ranges, ascending), in slices small enough to run inline on a loop.

    raises  MailboxGone, at the first slice
    """
    connection = store.current().shard(account.shard).reader()
    check_mailbox(connection, account.id, mailbox)
    yield from row.read_rows(connection, mailbox, ranges, wants, slice_rows, account.reader)


def fetch_lines(
    account: MailAccount,
    mailbox: MailboxId,
    numbered: Iterable[int],
    pattern: Sequence[str | Fact],
    *,
    since: ModSeq,
    write_instant: Callable[[int], bytes],
    slice_rows: int = SLICE_ROWS,
) -> Iterator[tuple[int, bytes]]:
    """How many there are, and a line of text for each, in slices: a third of what rows cost (`store/line`).

    numbered       number << 32 | UID | RECENT where it is
    pattern        what stands in a line: text, and facts; no fact needs the octets of a message
    since          only those that changed after it
    write_instant  how an instant (s since 1970) is written, always in as many octets
    raises         MailboxGone, at the first slice
    """
    connection = store.current().shard(account.shard).reader()
    check_mailbox(connection, account.id, mailbox)
    left = iter(numbered)
    while some := list(islice(left, slice_rows)):
        yield line.join_lines(connection, mailbox, some, pattern, since, write_instant, account.reader)


def list_flags(
    account: MailAccount, mailbox: MailboxId, ranges: Sequence[tuple[Uid, Uid]], *, slice_rows: int = 2000
) -> Iterator[list[tuple[Uid, int, str]]]:
    """(uid, modseq, rendered flags) of these UIDs: what FETCH FLAGS needs, and no more. Raises MailboxGone."""
    connection = store.current().shard(account.shard).reader()
    check_mailbox(connection, account.id, mailbox)
    yield from row.read_flags(connection, mailbox, ranges, slice_rows, account.reader)


def sum_deleted_bytes(account: MailAccount, mailbox: MailboxId) -> Work[int]:
    """The size of the messages marked \\Deleted together."""
    connection = store.current().shard(account.shard).reader()
    slice, total, last = Slice(), 0, 0
    while found := row.read_deleted(connection, mailbox, last):
        total, last = total + sum(size_bytes for _, size_bytes in found), found[-1][0]
        if len(found) < row.DELETED_ROWS:
            break
        yield from slice.pause()
    return total


def find_highest_modseq(account: MailAccount, mailbox: MailboxId, uids: Sequence[int]) -> Work[int]:
    """The highest modification sequence of these messages; 0 when none is there."""
    connection = store.current().shard(account.shard).reader()
    slice, highest = Slice(), 0
    for start in range(0, len(uids), MODSEQS):
        if start:
            yield from slice.pause()
        highest = max(highest, row.find_highest(connection, mailbox, uids[start : start + MODSEQS], account.reader))
    return highest


def read_content(account: MailAccount, message: MessageId, piece: tuple[int, int] | None = None) -> bytes:
    """The message's octets as they came, or so many from this one on. Raises Gone, StorageFault."""
    shard = store.current().shard(account.shard)
    content = find_value(shard.reader(), "SELECT content FROM message WHERE id = ?", (message,))
    if content is None or message >> 32 != account.id:
        raise Gone(message=message)
    return _read(account, content, piece=piece)


def read_contents(account: MailAccount, rows: Sequence[Row]) -> Iterator[tuple[Row, bytes]]:
    """The octets of many rows, one read each; a message expunged meanwhile still reads until it is compacted.

    raises  Gone, StorageFault
    """
    connection = store.current().shard(account.shard).reader()
    for start in range(0, len(rows), SLICE_ROWS):
        some = rows[start : start + SLICE_ROWS]
        positions = contents.find_positions(connection, [each.content for each in some])
        for each in some:
            if each.id >> 32 != account.id:
                raise Gone(message=each.id)
            yield each, _read(account, each.content, positions.get(each.content))


def get_message(account: MailAccount, message: MessageId) -> Summary:
    """One message's line. Raises Gone."""
    connection = store.current().shard(account.shard).reader()
    found = listing.find_summary(connection, account.id, message, account.reader)
    if found is None:
        raise Gone(message=message)
    return found


def list_messages(
    account: MailAccount,
    mailbox: MailboxId,
    *,
    cursor: str | None = None,
    limit: int = 50,
    unseen_only: bool = False,
) -> Page:
    """A page of a mailbox, newest first; cost does not grow with the mailbox.

    cursor  a Page's `next` or `previous`; one that cannot be read shows the first page
    raises  MailboxGone
    """
    with store.current().shard(account.shard).snapshot() as connection:
        told = get_mailbox(connection, account.id, mailbox, account.reader)
        at = parse_cursor(cursor)
        summaries = listing.list_page(
            connection, mailbox, at.edge, limit + 1, account.reader, is_back=at.is_back, unseen_only=unseen_only
        )
    total_count = told.unseen_count if unseen_only else told.message_count
    return make_page(summaries, at, limit, total_count)


def make_page(summaries: list[Summary], at: Cursor, limit: int, total_count: int) -> Page:
    """A page from `limit + 1` lines read at a cursor: the surplus line says that there is more."""
    has_more = len(summaries) > limit
    if at.is_back:
        shown = summaries[1:] if has_more else summaries
        position = max(at.position - len(shown), 0) if has_more else 0
        has_previous, has_next = has_more, bool(shown) and at.position < total_count
    else:
        shown, position = summaries[:limit], at.position
        has_previous, has_next = at.edge is not None, has_more
    if not shown:
        return Page((), total_count, 0, None, None)
    first, last = shown[0], shown[-1]
    return Page(
        tuple(shown),
        total_count,
        position,
        format_cursor(last, position + len(shown), is_back=False) if has_next else None,
        format_cursor(first, position, is_back=True) if has_previous else None,
    )


def list_thread(account: MailAccount, thread: ThreadId) -> list[Summary]:
    """The conversation's messages in every mailbox but Trash and Junk, oldest first."""
    return listing.list_thread(store.current().shard(account.shard).reader(), account.id, thread, account.reader)


def _read(
    account: MailAccount, content: int, position: tuple[int, int, int] | None = None, piece: tuple[int, int] | None = None
) -> bytes:
    shard = store.current().shard(account.shard)
    try:
        octets = contents.read_content(shard.reader(), shard.contents, content, position, piece)
    except (Damaged, OSError) as error:
        log.error("content %d cannot be read: %s", content, error)  # the stack says nothing more
        raise StorageFault(content=content) from error
    if octets is None:
        raise Gone(content=content)
    return octets
