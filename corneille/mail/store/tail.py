"""What lies in a segment after the last record that the index knows of, when no process writes there.

Either a crash cut a change off between its record and its commit: nobody was told that it is done, and it is not. Or
the index is older than its segments, because its log was lost or it came from a backup: what lies there was
acknowledged, and is filed again. Records say how far the index was when they were written, which tells the two apart.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path

import apsw

from corneille.kernel import clock
from corneille.mail.store.content import add_spare, find_last_content
from corneille.mail.store.filing import adopt, find_original, give_up, stand_in
from corneille.mail.store.record import FILE_HEADER, Damaged, Kind, parse_dropped, parse_note
from corneille.mail.store.segment import Found, SegmentReader, list_segments, segment_path, unwritten, walk_segment
from corneille.mail.store.skip_numbers import skip_within
from corneille.mail.store.sql import find_row, list_rows
from corneille.mail.store.transaction import Transaction

log = logging.getLogger(__name__)
SKIPPED = 1_000_000
"""More than an index gives between two checkpoints, or while it is backed up."""


def settle_tails(connection: apsw.Connection, segments: Path) -> None:
    """Gives every record there its row; the connection is in no transaction. Raises OSError."""
    with ExitStack() as held:
        tails: list[Found] = []
        for number in list_segments(segments):
            if _list_tail(connection, segments, number):
                is_free = held.enter_context(unwritten(segments, number))
                tails += _list_tail(connection, segments, number) if is_free else []
        if tails:
            reader = SegmentReader(segments)
            connection.execute("BEGIN IMMEDIATE")
            try:
                _settle(Transaction(connection, int(clock.now().timestamp())), reader, tails)
                connection.execute("COMMIT")
            finally:
                reader.close()
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _settle(turn: Transaction, reader: SegmentReader, tails: list[Found]) -> None:
    messages = [found for found in tails if found.header.kind is Kind.MESSAGE]
    dropped = {position for found in tails if found.header.kind is Kind.DROPPED for position in parse_dropped(found.note)}
    known = find_last_content(turn.connection)
    is_older = any((parse_note(found.note).committed or 0) > known for found in messages)
    skip = cache(partial(skip_within, turn.connection, SKIPPED))  # once, and not for what cannot be filed
    filed_count = 0
    for found in messages:
        if is_older and (found.position.segment, found.position.offset) not in dropped:
            filed_count += adopt(turn, reader, found, prepare=skip)
            continue
        if stand_in(turn, reader, found):
            continue  # the copy that a compaction made, after which the original went
        original = find_original(turn.connection, reader, found)
        if original is None:
            give_up(turn, found)
        else:
            add_spare(turn, found.position, original)
    if filed_count:
        told = {"count": filed_count}
        log.error("the mail index was older than its segments: what it had lost is filed again", extra=told)


def _list_tail(connection: apsw.Connection, segments: Path, number: int) -> list[Found]:
    """The records after the last one with a row of `content`, but for those of `spare`."""
    last = find_row(
        connection, "SELECT offset + size_bytes FROM content WHERE segment = ? ORDER BY offset DESC LIMIT 1", (number,)
    )
    spare = {row[0] for row in list_rows(connection, "SELECT offset FROM spare WHERE segment = ?", (number,))}
    tail = [found for found in _walk(segment_path(segments, number), last) if found.position.offset not in spare]
    return tail if any(found.header.kind is Kind.MESSAGE for found in tail) else []


def _walk(path: Path, last: tuple[int] | None) -> Iterator[Found]:
    """Up to where something else than a whole record follows: no row says that there is more."""
    try:
        yield from walk_segment(path, FILE_HEADER.size if last is None else last[0])
    except (Damaged, FileNotFoundError):
        return
