"""Proves that a shard's mail is sound, or says what is not: every content's digest, every number, every orphan.

Works beside a running server: each question is asked of one moment. What contradicts itself is counted again when
`repair` is set; what is lost is named, never guessed.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import groupby

import apsw

from corneille.kernel.ids import MailAccountId
from corneille.kernel.refusal import Refusal
from corneille.mail import store
from corneille.mail.store import check, words
from corneille.mail.store.content import read_content
from corneille.mail.store.filing import adopt, adopt_once, give_up
from corneille.mail.store.mend_content import mend_content
from corneille.mail.store.record import Damaged, Kind, Torn, parse_dropped, parse_note
from corneille.mail.store.removal import list_owed_removals
from corneille.mail.store.segment import Found, list_segments, segment_path, unwritten
from corneille.mail.store.shard import Shard
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.walk_whole import walk_whole

SLICE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one part of the work is: `part` is accounts, contents or segments."""

    part: str
    done_count: int
    total_count: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; `code` is stable, `told` says where.

    index-corrupt      SQLite's own check of the index failed (rebuild it)
    words-corrupt      SQLite's own check of the search index failed; repaired, it is emptied and filled anew
    mailbox-wrong      a mailbox's counts, uid-next or modseq contradict its messages
    account-wrong      a mail account's quota, modseq or next number contradict its mailboxes
    flags-wrong        a message's columns contradict its flags
    message-stray      a message without mailbox or content; repaired, it comes to INBOX, or goes and its record, where
                       there is one, is filed again
    seen-stray         what a reader of a shared mail account is said to have read and is not there; repaired, it is dropped
    places-wrong       a content's count of places is not the number of its messages
    content-damaged    a message's octets are not those that were filed: altered, cut short or gone; repaired where a
                       segment holds them once more
    words-missing      a content is in no search, for it could not be read when it was indexed; repaired, it is read again
    content-unfiled    a segment's record of which the index knows nothing: it has lost it; repaired, it is filed again
    content-unclaimed  the same, of an earlier version: it may have been refused as well as lost, and is filed or dropped
                       as whoever runs the service decides (`Unclaimed`)
    segment-damaged    records of a segment that cannot be read, where a crash has not left them so: those of contents in
                       use are counted (their octets were checked one by one, but the index could not be rebuilt from
                       there), the others are notes of what was dropped and committed
    """

    code: str
    told: dict[str, object] = field(default_factory=dict)
    is_repaired: bool = False


class Unclaimed(StrEnum):
    """What is done with records that earlier versions left without a row."""

    LEAVE = "leave"
    FILE = "file"  # each letter once, however often it was tried
    DROP = "drop"  # compaction takes them when their time has come


def verify(*, repair: bool = False, unclaimed: Unclaimed = Unclaimed.LEAVE) -> Iterator[Progress | Finding]:
    """Checks every shard of the open store."""
    opened = store.current()
    for number in opened.list_shards():
        yield from verify_shard(opened.shard(number), repair=repair, unclaimed=unclaimed)


def verify_shard(
    shard: Shard, *, repair: bool = False, unclaimed: Unclaimed = Unclaimed.LEAVE
) -> Iterator[Progress | Finding]:
    """Checks one shard; damage in the index's file itself ends the check."""
    try:
        with shard.fresh_snapshot() as connection:
            corruption = check.find_corruption(connection)
        if corruption is not None and words.is_about_words(corruption):
            is_repaired = repair and _change(shard, words.begin_again)
            yield Finding("words-corrupt", {"why": corruption}, is_repaired)
        elif corruption is not None:
            yield Finding("index-corrupt", {"why": corruption})
            return
        yield from _verify_strays(shard, repair=repair)
        # First: what is filed again counts, and may mend what follows.
        yield from _verify_segments(shard, repair=repair, unclaimed=unclaimed)
        yield from _verify_accounts(shard, repair=repair)
        yield from _verify_contents(shard, repair=repair)
    except (apsw.CorruptError, apsw.NotADBError) as error:
        yield Finding("index-corrupt", {"why": str(error)})


def _change(shard: Shard, change: Callable[[Transaction], bool | None]) -> bool:
    return _try(lambda: shard.submit(change).result())


def _try(mend: Callable[[], bool | None]) -> bool:
    """Whether something was mended; what was refused, by a full disk or because it went meanwhile, is left to the next
    time: the rest is still verified.
    """
    try:
        return mend() is not False
    except Refusal:
        return False


def _verify_strays(shard: Shard, *, repair: bool) -> Iterator[Finding]:
    for message in check.list_stray_messages(shard.reader()):
        is_repaired = repair and _change(shard, partial(check.mend_stray, message=message))
        yield Finding("message-stray", {"message": message}, is_repaired)
    marks = check.list_stray_marks(shard.reader())
    if marks:
        is_repaired = repair and _change(shard, partial(check.mend_marks, marks=marks))
        yield Finding("seen-stray", {"count": len(marks)}, is_repaired)


def _verify_accounts(shard: Shard, *, repair: bool) -> Iterator[Progress | Finding]:
    accounts = check.list_accounts(shard.reader())
    for done_count, account in enumerate(accounts):
        yield Progress("accounts", done_count, len(accounts))
        yield from _verify_mailboxes(shard, account, repair=repair)
        with shard.snapshot() as connection:
            wrong = check.is_account_wrong(connection, account)
        if wrong is not None:
            is_repaired = repair and _change(shard, partial(check.mend_account, account=account))
            yield Finding("account-wrong", {"account": account, "what": wrong}, is_repaired)
    yield Progress("accounts", len(accounts), len(accounts))


def _verify_mailboxes(shard: Shard, account: MailAccountId, *, repair: bool) -> Iterator[Finding]:
    for mailbox in check.list_mailbox_ids(shard.reader(), account):
        with shard.snapshot() as connection:
            flags = check.list_wrong_flags(connection, mailbox)
        if flags:
            is_repaired = repair and _change(shard, partial(check.mend_flags, messages=flags))
            yield Finding("flags-wrong", {"account": account, "mailbox": mailbox, "count": len(flags)}, is_repaired)
        with shard.snapshot() as connection:
            wrong = check.is_mailbox_wrong(connection, mailbox)
        if wrong is not None:
            is_repaired = repair and _change(shard, partial(check.mend_mailbox, account=account, mailbox=mailbox))
            yield Finding("mailbox-wrong", {"account": account, "mailbox": mailbox, "what": wrong}, is_repaired)


def _verify_contents(shard: Shard, *, repair: bool) -> Iterator[Progress | Finding]:
    total_count = check.count_contents(shard.reader())
    done_count = 0
    for rows in check.list_contents(shard.reader(), SLICE_ROWS):
        yield Progress("contents", done_count, total_count)
        for content, _, _, _, digest, place_count, counted in rows:
            if place_count != counted:
                is_repaired = repair and _change(shard, partial(check.mend_place_count, content=content))
                yield Finding("places-wrong", {"content": content, "told": place_count, "counted": counted}, is_repaired)
            if counted:
                yield from _verify_content(shard, content, digest, repair=repair)
        done_count += len(rows)
    yield Progress("contents", done_count, total_count)


def _verify_content(shard: Shard, content: int, digest: bytes, *, repair: bool) -> Iterator[Finding]:
    why, octets = "its octets were altered", None
    try:
        octets = read_content(shard.reader(), shard.contents, content)
    except (Damaged, OSError) as error:
        why = str(error)
    else:
        if octets is None:  # expunged and compacted meanwhile
            return
    if octets is None or hashlib.sha256(octets).digest() != digest:
        is_repaired = repair and _try(partial(mend_content, shard, content))
        messages = check.list_places(shard.reader(), content)
        yield Finding("content-damaged", {"content": content, "messages": messages, "why": why}, is_repaired)
    elif words.has_lost_texts(shard.reader(), content, octets):
        is_repaired = repair and _change(shard, partial(words.read_again, content=content))
        yield Finding("words-missing", {"content": content}, is_repaired)


def _verify_segments(shard: Shard, *, repair: bool, unclaimed: Unclaimed) -> Iterator[Progress | Finding]:
    shard.settle()
    numbers = sorted(set(list_segments(shard.segments_folder)) - list_owed_removals(shard.reader()))
    unknown: list[Found] = []
    dropped: set[tuple[int, int]] = set()
    for done_count, number in enumerate(numbers):
        yield Progress("segments", done_count, len(numbers))
        claimed = check.list_claimed_offsets(shard.reader(), number)  # before the walk: these are durable
        known = check.list_known_offsets(shard.reader(), number)
        why: str | None = None
        is_altered = False
        try:
            for found in walk_whole(segment_path(shard.segments_folder, number)):
                if isinstance(found, Damaged):
                    why = str(found)
                    is_altered |= not isinstance(found, Torn)
                elif found.header.kind is Kind.DROPPED:
                    dropped.update(parse_dropped(found.note))
                elif found.header.kind is Kind.MESSAGE:
                    claimed.discard(found.position.offset)
                    is_altered |= why is not None and found.position.offset in known  # it was synced, with what is before
                    unknown += [found] if found.position.offset not in known else []
        except FileNotFoundError:
            continue  # compacted meanwhile
        lost = claimed & check.list_claimed_offsets(shard.reader(), number)
        if lost or is_altered:
            yield Finding("segment-damaged", {"segment": number, "records": len(lost), "why": why})
    yield Progress("segments", len(numbers), len(numbers))
    for found in _list_unfiled(shard, unknown):
        if (found.position.segment, found.position.offset) in dropped:
            _change(shard, partial(give_up, found=found, is_dropped=True))  # earlier versions gave it no row
            continue
        note = parse_note(found.note)
        if note.committed is None:
            code, is_repaired = "content-unclaimed", _decide_unclaimed(shard, found, unclaimed)
        else:
            adopting = partial(adopt, reader=shard.contents, found=found)
            code, is_repaired = "content-unfiled", repair and _change(shard, adopting)
        told = {"segment": found.position.segment, "offset": found.position.offset}
        yield Finding(code, {**told, "accounts": sorted({place.account for place in note.places})}, is_repaired)


def _decide_unclaimed(shard: Shard, found: Found, unclaimed: Unclaimed) -> bool:
    if unclaimed is Unclaimed.LEAVE:
        return False
    if unclaimed is Unclaimed.FILE:
        return _change(shard, partial(adopt_once, reader=shard.contents, found=found))
    return _change(shard, partial(give_up, found=found))


def _list_unfiled(shard: Shard, unknown: list[Found]) -> Iterator[Found]:
    """Those that have no row still, and none to come: a process that writes to a segment may be at its last records."""
    for segment, founds in groupby(unknown, lambda found: found.position.segment):
        is_mine = shard.writes_to(segment)
        if is_mine:
            try:
                shard.submit(lambda turn: None).result()
            except Refusal:
                continue  # a full disk: what was refused there has its row as soon as there is room
        with unwritten(shard.segments_folder, segment) as is_free:
            known = check.list_known_offsets(shard.reader(), segment)
        last = max(known, default=0)
        for found in founds:
            if found.position.offset not in known and (is_free or is_mine or found.position.offset < last):
                yield found
