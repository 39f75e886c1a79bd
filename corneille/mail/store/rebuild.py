"""Makes a shard's index again from its segments alone, when the index is lost.

What the records tell comes back: every content that had a place, filed where it was filed first, with the flags it
was filed with. What only the index knew does not: later moves and flags, what each reader of a shared mail account had
read, empty mailboxes, subscriptions, special uses of mailboxes under other names. UIDs and UIDVALIDITY are new, so that
programs read everything again.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import apsw

from corneille.kernel import clock
from corneille.kernel.folder import sync_folder
from corneille.kernel.ids import MailAccountId
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.store.content import add_spare, add_waste
from corneille.mail.store.filing import file_record, read_whole
from corneille.mail.store.mail_account import set_quota
from corneille.mail.store.opening import connect
from corneille.mail.store.record import Damaged, Kind, parse_committed, parse_dropped, parse_note
from corneille.mail.store.schema import bring_up_to_date
from corneille.mail.store.segment import (
    Found,
    SegmentReader,
    list_segments,
    segment_path,
)
from corneille.mail.store.shard import INDEX_NAME, SEGMENTS_NAME, alone
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.walk_whole import walk_whole

GROUP_COUNT = 500
NO_LIMIT_BYTES = 2**62
"""While rebuilding: what was accepted once is taken back whatever the quota says now."""


@dataclass(slots=True)
class Rebuilt:
    """How far a rebuild is, and what it could not bring back; the last one is the result."""

    segment_count: int
    segments_done: int = 0
    message_count: int = 0
    damaged_count: int = 0
    is_done: bool = False


def rebuild_index(folder: Path, quotas: Mapping[int, int]) -> Iterator[Rebuilt]:
    """Rebuilds the index of the shard in `folder`, which no process may have open; the old one is kept beside it.

    quotas  mail account -> bytes; mail accounts that are not in it get the setting's quota
    raises  StoreOpen
    """
    with alone(folder):
        fresh = folder / "index.rebuilt"
        for leftover in folder.glob("index.rebuilt*"):
            leftover.unlink()
        connection = connect(fresh, for_writing=True)
        try:
            bring_up_to_date(connection)
            yield from _fill(connection, folder / SEGMENTS_NAME, quotas)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        _put_in_place(folder, fresh)


def _fill(connection: apsw.Connection, segments: Path, quotas: Mapping[int, int]) -> Iterator[Rebuilt]:
    numbers = list_segments(segments)
    told = Rebuilt(len(numbers))
    dropped, validities, committed = _read_notes(segments, numbers, told)
    reader = SegmentReader(segments)
    filed: dict[str, int | None] = dict.fromkeys(_list_dropped_ids(segments, numbers, dropped))
    told.damaged_count = 0
    _begin_accounts(connection, validities)
    now_s = int(clock.now().timestamp())
    for number in numbers:
        connection.execute("BEGIN IMMEDIATE")
        for count, found in enumerate(_walk_past_damage(segments, number, told), 1):
            if found.header.kind is Kind.MESSAGE:
                _file(Transaction(connection, now_s), reader, found, filed, told)
            if count % GROUP_COUNT == 0:
                connection.execute("COMMIT")
                yield told
                connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        told.segments_done += 1
        yield told
    reader.close()
    _set_quotas(connection, set(validities), quotas)
    _number_on(connection, committed)
    told.is_done = True
    yield told


def _read_notes(segments: Path, numbers: list[int], told: Rebuilt) -> tuple[set[tuple[int, int]], dict[int, int], int]:
    """Which contents were dropped, and what records name: each mail account's highest UIDVALIDITY, the last content."""
    committed = 0
    dropped: set[tuple[int, int]] = set()
    validities: dict[int, int] = {}
    for number in numbers:
        for found in _walk_past_damage(segments, number, told):
            if found.header.kind is Kind.DROPPED:
                dropped.update(parse_dropped(found.note))
                continue
            if found.header.kind is Kind.COMMITTED:
                committed = max(committed, parse_committed(found.note))
                continue
            note = parse_note(found.note)
            committed = max(committed, note.committed or 0)
            for place in note.places:
                validities[place.account] = max(validities.get(place.account, 0), place.uid_validity)
    return dropped, validities, committed


def _list_dropped_ids(segments: Path, numbers: list[int], dropped: set[tuple[int, int]]) -> set[str]:
    """The records that were dropped: an interrupted compaction may have left the same one in another segment."""
    ids: set[str] = set()
    for number in numbers if dropped else []:
        for found in _walk_past_damage(segments, number, Rebuilt(0)):
            if found.header.kind is Kind.MESSAGE and (number, found.position.offset) in dropped:
                ids.add(parse_note(found.note).id)
    return ids


def _begin_accounts(connection: apsw.Connection, validities: dict[int, int]) -> None:
    """UIDVALIDITY goes on above every value under which a message was ever filed."""
    now_s = int(clock.now().timestamp())
    connection.execute("BEGIN IMMEDIATE")
    for number, highest in validities.items():
        turn = Transaction(connection, max(now_s, highest + 1))
        begin_mail_account(turn, MailAccountId(number), NO_LIMIT_BYTES)
    connection.execute("COMMIT")


def _walk_past_damage(segments: Path, number: int, told: Rebuilt) -> Iterator[Found]:
    """Every record that can be read, also those after a damaged place."""
    for found in walk_whole(segment_path(segments, number)):
        if isinstance(found, Damaged):
            told.damaged_count += 1
        else:
            yield found


def _file(turn: Transaction, reader: SegmentReader, found: Found, filed: dict[str, int | None], told: Rebuilt) -> None:
    """A record that is not filed has a row all the same, so that a compaction takes it; a damaged one is kept."""
    note = parse_note(found.note)
    try:
        content = read_whole(reader, found)
    except Damaged:
        told.damaged_count += 1
        return
    if note.id not in filed:
        filed[note.id] = file_record(turn, found, note, content)
        told.message_count += filed[note.id] is not None
        return
    other = filed[note.id]
    if other is None:  # dropped
        add_waste(turn, found.position, len(content), found.header.digest, is_dropped=True)
    else:  # the copy that an interrupted compaction had already made
        add_spare(turn, found.position, other)


def _number_on(connection: apsw.Connection, committed: int) -> None:
    """Contents are numbered from above what any record names: below it the index would count as older than they are."""
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'content'", (committed,))
    if not connection.changes():
        connection.execute("INSERT INTO sqlite_sequence VALUES ('content', ?)", (committed,))


def _set_quotas(connection: apsw.Connection, known: set[int], quotas: Mapping[int, int]) -> None:
    turn = Transaction(connection, 0)
    connection.execute("BEGIN IMMEDIATE")
    for number in known:
        set_quota(turn, MailAccountId(number), quotas.get(number, of(MailSettings).quota_bytes))
    connection.execute("COMMIT")


def _put_in_place(folder: Path, fresh: Path) -> None:
    lost = folder / "index.lost"
    for suffix in ("", "-wal", "-shm"):
        old = folder / (INDEX_NAME + suffix)
        if old.exists():
            old.replace(lost.with_name(lost.name + suffix))
    with fresh.open("rb") as stream:
        os.fsync(stream.fileno())
    sync_folder(folder)  # the log of the old one is never to lie beside the new one, which would take it for its own
    fresh.replace(folder / INDEX_NAME)
    sync_folder(folder)
