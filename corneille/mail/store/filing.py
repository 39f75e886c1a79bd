"""Files a record of a segment again, from what it says itself: for an index that was lost, or that lost some of its rows."""

import hashlib
from collections.abc import Callable

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.kernel.refusal import Refusal
from corneille.mail.describe import describe
from corneille.mail.names import INBOX
from corneille.mail.store.content import Parcel, add_spare, add_waste
from corneille.mail.store.mailbox import find_inbox, find_mailbox, learn_keywords
from corneille.mail.store.mailbox_tree import create
from corneille.mail.store.message import place_content
from corneille.mail.store.record import HEADER, Damaged, Note, NotedPlace, parse_note
from corneille.mail.store.segment import Found, Position, SegmentReader
from corneille.mail.store.sql import find_row, list_rows
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SYSTEM_FLAGS, KeywordRefused


def read_whole(reader: SegmentReader, found: Found) -> bytes:
    """A record's octets. Raises Damaged when they are not those that were filed."""
    content = reader.read(found.position.segment, found.position.offset, found.header.content_bytes)
    if hashlib.sha256(content).digest() != found.header.digest:
        raise Damaged("its octets were altered")
    return content


def file_record(turn: Transaction, found: Found, note: Note, content: bytes) -> int | None:
    """Files it in every place that its note names and that can be had, whatever the quota says now: it was accepted once.

    returns  the content's row; None when no mail account of them is there
    """
    parcel = Parcel((content,), found.header.received_at, note.places, len(content))
    parcel.digest, parcel.position, parcel.description = found.header.digest, found.position, describe(content)
    saved = Transaction(turn.connection, note.saved_at, turn.touched)
    row: int | None = None
    for place in note.places:
        account = MailAccountId(place.account)
        turn.connection.execute("SAVEPOINT place")
        try:
            mailbox = _find_or_make(saved, account, place.mailbox_name)
            flags = _list_flags(saved, mailbox, place)
            _, row = place_content(saved, account, mailbox, parcel, flags, row, is_ours=True)
        except Refusal:
            turn.connection.execute("ROLLBACK TO place")
        turn.connection.execute("RELEASE place")
    return row


def adopt(turn: Transaction, reader: SegmentReader, found: Found, *, prepare: Callable[[], None] | None = None) -> bool:
    """Gives a record without a row its own: it stands in for octets that are lost, is the copy that a stopped compaction
    left, or is filed again. False when its mail accounts are not there, or its octets are damaged.

    prepare  called before it is filed again, where it can be: for who passes over numbers first
    """
    note = parse_note(found.note)
    try:
        content = read_whole(reader, found)
    except Damaged:
        return False
    if stand_in(turn, reader, found):
        return True
    original = find_original(turn.connection, reader, found)
    if original is not None:
        add_spare(turn, found.position, original)
        return True
    if not any(_has_account(turn.connection, place.account) for place in note.places):
        return False
    if prepare is not None:
        prepare()
    return file_record(turn, found, note, content) is not None


def adopt_once(turn: Transaction, reader: SegmentReader, found: Found) -> bool:
    """The same; where these very octets are filed already, it was one more try of them, and is given up."""
    same = "SELECT 1 FROM content WHERE digest = ? AND place_count > 0"
    if find_row(turn.connection, same, (found.header.digest,)) is None:
        return adopt(turn, reader, found)
    give_up(turn, found)
    return True


def give_up(turn: Transaction, found: Found, *, is_dropped: bool = False) -> None:
    """Makes it what compaction takes: nobody has it, and nobody shall."""
    add_waste(turn, found.position, found.header.content_bytes, found.header.digest, is_dropped=is_dropped)


def stand_in(turn: Transaction, reader: SegmentReader, found: Found) -> bool:
    """Has a content whose octets are lost, and are those of this record, point here; False where none is."""
    same = "SELECT id, segment, offset, size_bytes FROM content WHERE digest = ? AND place_count > 0"
    for row, segment, offset, size_bytes in list_rows(turn.connection, same, (found.header.digest,)):
        if not is_whole(reader, segment, offset, size_bytes, found.header.digest):
            turn.connection.execute(
                "UPDATE content SET segment = ?, offset = ?, is_dropped = 0 WHERE id = ?",
                (found.position.segment, found.position.offset, row),
            )
            add_spare(turn, Position(segment, offset), row)
            return True
    return False


def find_original(connection: apsw.Connection, reader: SegmentReader, found: Found) -> int | None:
    """The content that this record is another copy of, to the last octet of its note."""
    head_bytes = HEADER.size + found.header.note_bytes
    own = reader.read(found.position.segment, found.record_offset, head_bytes)
    same = "SELECT id, segment, offset FROM content WHERE digest = ?"
    for row, segment, offset in list_rows(connection, same, (found.header.digest,)):
        try:
            if offset > head_bytes and reader.read(segment, offset - head_bytes, head_bytes) == own:
                return int(row)
        except (Damaged, OSError):
            continue
    return None


def is_whole(reader: SegmentReader, segment: int, offset: int, size_bytes: int, digest: bytes) -> bool:
    """Whether these octets lie there."""
    try:
        return hashlib.sha256(reader.read(segment, offset, size_bytes)).digest() == digest
    except (Damaged, OSError):
        return False


def _list_flags(turn: Transaction, mailbox: MailboxId, place: NotedPlace) -> frozenset[str]:
    """Its flags; without its keywords where the mailbox takes no more: a message matters more than they."""
    flags = frozenset(place.flags.split())
    try:
        learn_keywords(turn, mailbox, flags)
    except KeywordRefused:
        return flags.intersection(SYSTEM_FLAGS)
    return flags


def _has_account(connection: apsw.Connection, account: int) -> bool:
    return find_row(connection, "SELECT 1 FROM mail_account WHERE id = ?", (account,)) is not None


def _find_or_make(turn: Transaction, account: MailAccountId, name: str) -> MailboxId:
    found = find_mailbox(turn.connection, account, name)
    if found is None:
        try:
            create(turn, account, name, None)
        except Refusal:
            return find_inbox(turn.connection, account)
        found = find_mailbox(turn.connection, account, name)
    return find_inbox(turn.connection, account) if found is None or name == INBOX else found.id
