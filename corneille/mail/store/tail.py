"""What lies in a segment after the last record that the index knows of, when no process writes there.

Either a crash cut a change off between its record and its commit: nobody was told that it is done, and it is not. Or
the index is older than its segments, because its log was lost or it came from a backup: what lies there was
acknowledged, and is filed again. Records say how far the index was when they were written, and after each commit one
says how far it is then, which tells the two apart. That last one is not waited for: a power cut may take it, but then it
takes no commit, which was.
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
from corneille.mail.store.record import FILE_HEADER, Damaged, Kind, parse_committed, parse_dropped, parse_note
from corneille.mail.store.removal import list_owed_removals, pay_removals
from corneille.mail.store.segment import (
    Found,
    SegmentReader,
    list_segments,
    segment_path,
    sync_segment,
    unwritten,
    walk_segment,
)
from corneille.mail.store.skip_numbers import SKIPPED, skip_within
from corneille.mail.store.sql import find_row, list_rows
from corneille.mail.store.transaction import Transaction

log = logging.getLogger(__name__)
TOLD_COUNT = 20
"""Positions in the log: more are for `verify`."""


def settle_on_opening(connection: apsw.Connection, segments: Path) -> set[int]:
    """Settles them, unless the disk is full or another process writes too long: what a crash cut off can wait.

    returns  the segments where something waits, for this or for their removal: more appended there would hide it
    raises   what kept it from being done, where the index is older: it would give numbers again, and be told from the
             others no more
    """
    try:
        settle_tails(connection, segments)
        return list_owed_removals(connection)
    except (apsw.FullError, apsw.BusyError) as error:
        tails = [found for number in list_segments(segments) for found in _list_tail(connection, segments, number)]
        messages = _list_messages(tails)
        if _is_older(connection, tails):
            raise
        log.warning("what a crash cut off is settled at the next opening: %s", error)
        return {found.position.segment for found in messages}


def settle_tails(connection: apsw.Connection, segments: Path) -> None:
    """Gives every record there its row; the connection is in no transaction. Raises OSError, apsw.Error."""
    pay_removals(connection, segments)
    with ExitStack() as held:
        messages: list[Found] = []
        others: list[Found] = []  # of another segment's messages too, whoever writes there
        for number in sorted(set(list_segments(segments)) - list_owed_removals(connection)):
            tail = _list_tail(connection, segments, number)
            if _list_messages(tail):
                is_free = held.enter_context(unwritten(segments, number))
                tail = _list_tail(connection, segments, number)
                if is_free:
                    sync_segment(segments, number)  # who wrote it may have been killed before it did
                    messages += _list_messages(tail)
            others += [found for found in tail if found.header.kind is not Kind.MESSAGE]
        if messages:
            reader = SegmentReader(segments)
            connection.execute("BEGIN IMMEDIATE")
            try:
                _settle(Transaction(connection, int(clock.now().timestamp())), reader, messages, others)
                connection.execute("COMMIT")
            finally:
                reader.close()
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _settle(turn: Transaction, reader: SegmentReader, messages: list[Found], others: list[Found]) -> None:
    is_older, dropped = _is_older(turn.connection, [*messages, *others]), _list_dropped(others)
    skip = cache(partial(skip_within, turn.connection, SKIPPED))  # once, and not for what cannot be filed
    filed_count = 0
    given_up: list[str] = []
    for found in messages:
        if is_older and (found.position.segment, found.position.offset) not in dropped:
            filed_count += adopt(turn, reader, found, prepare=skip)
            continue
        if stand_in(turn, reader, found):
            continue  # the copy that a compaction made, after which the original went
        original = find_original(turn.connection, reader, found)
        if original is None:
            give_up(turn, found)
            given_up.append(f"{found.position.segment}:{found.position.offset}")
        else:
            add_spare(turn, found.position, original)
    if filed_count:
        filed = {"count": filed_count}
        log.error("the mail index was older than its segments: what it had lost is filed again", extra=filed)
    if given_up:
        told: dict[str, object] = {"count": len(given_up), "positions": given_up[:TOLD_COUNT]}
        log.warning("records without a commit are given up: nobody was told that they are filed", extra=told)


def _is_older(connection: apsw.Connection, tails: list[Found]) -> bool:
    known = find_last_content(connection)
    return any(_find_committed(found) > known for found in tails)


def _find_committed(found: Found) -> int:
    """The last content that the index had when this record was written."""
    match found.header.kind:
        case Kind.MESSAGE:
            return parse_note(found.note).committed or 0
        case Kind.COMMITTED:
            return parse_committed(found.note)
        case _:
            return 0


def _list_messages(tail: list[Found]) -> list[Found]:
    return [found for found in tail if found.header.kind is Kind.MESSAGE]


def _list_dropped(tail: list[Found]) -> set[tuple[int, int]]:
    return {position for found in tail if found.header.kind is Kind.DROPPED for position in parse_dropped(found.note)}


def _list_tail(connection: apsw.Connection, segments: Path, number: int) -> list[Found]:
    """The records after the last one with a row of `content`, but for those of `spare`."""
    last = find_row(
        connection, "SELECT offset + size_bytes FROM content WHERE segment = ? ORDER BY offset DESC LIMIT 1", (number,)
    )
    spare = {row[0] for row in list_rows(connection, "SELECT offset FROM spare WHERE segment = ?", (number,))}
    return [found for found in _walk(segment_path(segments, number), last) if found.position.offset not in spare]


def _walk(path: Path, last: tuple[int] | None) -> Iterator[Found]:
    """Up to where something else than a whole record follows: no row says that there is more."""
    try:
        yield from walk_segment(path, FILE_HEADER.size if last is None else last[0])
    except (Damaged, FileNotFoundError):
        return
