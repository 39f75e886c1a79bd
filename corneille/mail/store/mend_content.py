"""Has a content whose octets are damaged point to a whole copy of them, where a segment holds one."""

from functools import partial

import apsw

from corneille.kernel.refusal import Gone
from corneille.mail.store import words
from corneille.mail.store.content import Parcel, add_spare
from corneille.mail.store.filing import is_whole
from corneille.mail.store.record import NotedPlace
from corneille.mail.store.segment import Position
from corneille.mail.store.shard import Shard
from corneille.mail.store.sql import find_row, list_rows
from corneille.mail.store.transaction import Transaction


def mend_content(shard: Shard, content: int) -> bool:
    """False when there is none."""
    row = find_row(shard.reader(), "SELECT segment, offset, size_bytes, digest FROM content WHERE id = ?", (content,))
    if row is None:
        return False
    own, size_bytes, digest = Position(row[0], row[1]), row[2], row[3]
    spare = "SELECT segment, offset FROM spare WHERE content = ?"
    for segment, offset in list_rows(shard.reader(), spare, (content,)):
        if is_whole(shard.contents, segment, offset, size_bytes, digest):
            turn_to = partial(_turn_to, content=content, own=own, copy=Position(segment, offset))
            return shard.submit(turn_to).result()
    # What nobody has is told as dropped, or will be: a rebuild would leave it out, so it is written anew.
    waste = "SELECT segment, offset FROM content WHERE digest = ? AND place_count = 0"
    for segment, offset in list_rows(shard.reader(), waste, (digest,)):
        if is_whole(shard.contents, segment, offset, size_bytes, digest):
            return _write_anew(shard, content, own, shard.contents.read(segment, offset, size_bytes))
    return False


def _turn_to(turn: Transaction, content: int, own: Position, copy: Position) -> bool:
    """Its row points there, and the damaged record is no other's: nobody files it again."""
    turn.connection.execute("DELETE FROM spare WHERE segment = ? AND offset = ?", (copy.segment, copy.offset))
    turn.connection.execute(
        "UPDATE content SET segment = ?, offset = ? WHERE id = ? AND segment = ? AND offset = ?",
        (copy.segment, copy.offset, content, own.segment, own.offset),
    )
    if not turn.connection.changes():
        raise Gone(content=content)
    add_spare(turn, own, content)
    words.read_again(turn, content)
    return True


def _write_anew(shard: Shard, content: int, own: Position, octets: bytes) -> bool:
    places, received_at = _list_places(shard.reader(), content)
    parcel = Parcel((octets,), received_at, places, len(octets))

    def apply(turn: Transaction) -> bool:
        assert parcel.position is not None, "a parcel is appended before its transaction"
        return _turn_to(turn, content, own, parcel.position)

    return shard.submit(apply, (parcel,)).result()


def _list_places(connection: apsw.Connection, content: int) -> tuple[tuple[NotedPlace, ...], int]:
    """Where its messages are now, and when they came."""
    rows = list_rows(
        connection,
        "SELECT b.account, b.name, m.flags, b.uid_validity, m.received_at FROM message m JOIN mailbox b ON b.id = m.mailbox"
        " WHERE m.content = ?",
        (content,),
    )
    return tuple(NotedPlace(*row[:4]) for row in rows), min((row[4] for row in rows), default=0)
