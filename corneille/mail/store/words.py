"""Texts for searching: kept folded per content, indexed per message after the acknowledgement.

`letters` (FTS5, trigrams) gives candidates for substrings and `content_text` decides; `words` answers for words and
their beginnings by itself. `words_pending` names what is not indexed yet: until then a search reads those texts, so
its answer is always right.

Measured on 5,000 French texts of 3.5 kB: trigrams with positions 389 µs a message and 2.5 times the text, without
positions 230 µs and 0.38; words without positions 74 µs and 0.13. So: two indexes without positions, half the text
together. With trigrams alone, a common word would have to be looked for in thousands of texts (16 µs each to unpack).
"""

import errno
import logging
import zlib
from collections.abc import Callable, Sequence
from functools import partial

import apsw

from corneille.kernel import clock
from corneille.mail.searchable import Texts, choose_head, choose_words, extract_texts
from corneille.mail.store.attachment import note_documents, with_attached
from corneille.mail.store.content import read_content
from corneille.mail.store.record import Damaged
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import find_row, find_value, list_rows
from corneille.mail.store.transaction import Transaction

log = logging.getLogger(__name__)

SLICE_S = 0.02
"""The lock is given back this often, so that a delivery never waits long behind the words."""
SLICE_COUNT = 64

_SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EINTR})
"""Why nothing can be read for the moment; another fault of the disk is of the one record that is read."""
_EMPTY = zlib.compress(b"", 1)
_PASSING = (apsw.BusyError, apsw.LockedError, apsw.IOError, apsw.FullError, apsw.CantOpenError, apsw.NoMemError)
"""What befalls the whole index, and may be over the next time."""


def note_arrived(turn: Transaction, messages: Sequence[int]) -> None:
    """Puts messages in the queue of those to index."""
    turn.connection.executemany("INSERT INTO words_pending VALUES (?, 0)", [(each,) for each in messages])


def note_gone(turn: Transaction, messages: Sequence[int]) -> None:
    """Puts messages in the queue of those to take out of the index."""
    turn.connection.executemany("INSERT OR REPLACE INTO words_pending VALUES (?, 1)", [(each,) for each in messages])


def index_some(connection: apsw.Connection, contents: SegmentReader) -> bool:
    """Works off a slice of the queue, oldest first; False when nothing is left."""
    pending = list_rows(
        connection,
        "SELECT p.message, p.is_gone, m.content FROM words_pending p LEFT JOIN message m ON m.id = p.message"
        " ORDER BY p.message LIMIT ?",
        (SLICE_COUNT,),
    )
    until_s = clock.monotonic_s() + SLICE_S
    gone: list[int] = []
    arrived: list[tuple[int, int, Texts | None]] = []
    for message, is_gone, content in pending:
        if is_gone or content is None:
            gone.append(message)
        else:
            arrived.append((message, content, _find_or_skip(connection, contents, content)))
        if clock.monotonic_s() > until_s:
            break
    if pending:
        _write(connection, gone, arrived)
    return bool(pending)


def _find_or_skip(connection: apsw.Connection, contents: SegmentReader, content: int) -> Texts | None:
    """The texts; None of a content that cannot be read, of which none are kept: once it is mended they are read again."""
    try:
        return _read_or_skip(content, partial(_read_texts, connection, contents, content), Texts("", ""))
    except (Damaged, OSError) as error:
        if isinstance(error, OSError) and error.errno in _SCARCE:
            raise
        log.error("content %d cannot be read for the search index: %s", content, error)
        return None


def _read_or_skip(content: int, read: Callable[[], Texts], otherwise: Texts) -> Texts:
    """What is read; something else of a content that trips our own code, or whose row is corrupt: it would stand at the
    queue's head for ever.
    """
    try:
        return read()
    except (*_PASSING, Damaged, OSError):
        raise  # no fault of this message, or of its octets
    except Exception:  # the worker's loop: this one message is not found by all its words, all others are
        log.exception("content %d trips the indexer and is left out of the search index", content)
        return otherwise


def _write(connection: apsw.Connection, gone: list[int], arrived: list[tuple[int, int, Texts | None]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for message in gone:
        connection.execute("DELETE FROM letters WHERE rowid = ?", (message,))
        connection.execute("DELETE FROM words WHERE rowid = ?", (message,))
        connection.execute("DELETE FROM words_pending WHERE message = ?", (message,))
    for message, content, texts in arrived:  # another process may have indexed or expunged it meanwhile
        connection.execute("DELETE FROM words_pending WHERE message = ? AND NOT is_gone", (message,))
        if connection.changes() and texts is not None:
            texts = _read_or_skip(content, partial(with_attached, connection, content, texts), texts)
            letters = (message, texts.header + texts.body)
            connection.execute("INSERT OR REPLACE INTO letters (rowid, text) VALUES (?, ?)", letters)
            head = choose_head(texts)
            words = (message, choose_words(head, texts))
            connection.execute("INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)", words)
            connection.execute(
                "INSERT OR IGNORE INTO content_text VALUES (?, ?, ?)",
                (content, zlib.compress(texts.header.encode(), 1), zlib.compress(texts.body.encode(), 1)),
            )
            if connection.changes():
                note_documents(connection, content)
            connection.execute("INSERT OR IGNORE INTO content_head VALUES (?, ?)", (content, head))
    connection.execute("COMMIT")


def is_about_words(corruption: str) -> bool:
    """Whether what SQLite's check says is of the search index, which holds nothing that the texts do not."""
    return corruption.startswith("fts5:") and ('"words"' in corruption or '"letters"' in corruption)


def begin_again(turn: Transaction) -> None:
    """Empties the search index and queues every message for it; until it is filled, searches read the texts."""
    turn.connection.execute("INSERT INTO letters (letters) VALUES ('delete-all')")
    turn.connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    turn.connection.execute("DELETE FROM words_pending")
    turn.connection.execute("INSERT INTO words_pending SELECT id, 0 FROM message")


def read_again(turn: Transaction, content: int) -> None:
    """Forgets the texts of a content, and queues its messages: what it says was not known, or may have changed."""
    turn.connection.execute("DELETE FROM content_text WHERE content = ?", (content,))
    turn.connection.execute("DELETE FROM content_head WHERE content = ?", (content,))
    turn.connection.execute(
        "INSERT OR IGNORE INTO words_pending SELECT id, 0 FROM message WHERE content = ?", (content,)
    )  # fmt: skip


def has_lost_texts(connection: apsw.Connection, content: int, octets: bytes) -> bool:
    """Whether a content that can be read is in no search, and does not wait: it could not be read when it was indexed.

    An earlier version kept empty texts of it then.
    """
    row = find_row(connection, "SELECT header, body FROM content_text WHERE content = ?", (content,))
    if row is not None:
        return row == (_EMPTY, _EMPTY) and extract_texts(octets) != Texts("", "")
    lost = (
        "SELECT EXISTS (SELECT 1 FROM message m LEFT JOIN words_pending p ON p.message = m.id"
        " WHERE m.content = ? AND p.message IS NULL)"
    )
    return bool(find_value(connection, lost, (content,)))


def find_texts(connection: apsw.Connection, contents: SegmentReader, content: int) -> Texts:
    """A content's folded texts: those kept, or extracted now when they are not kept yet."""
    try:
        return _read_texts(connection, contents, content)
    except (Damaged, OSError) as error:
        log.error("content %d cannot be read for searching: %s", content, error)
        return Texts("", "")  # verify names it; the other messages are still found


def _read_texts(connection: apsw.Connection, contents: SegmentReader, content: int) -> Texts:
    """Raises Damaged, OSError."""
    row = find_row(connection, "SELECT header, body FROM content_text WHERE content = ?", (content,))
    if row is not None:
        return Texts(zlib.decompress(row[0]).decode(), zlib.decompress(row[1]).decode())
    octets = read_content(connection, contents, content)
    return Texts("", "") if octets is None else extract_texts(octets)


def count_pending(connection: apsw.Connection) -> int:
    """How many messages wait to be indexed, or taken out of the index."""
    count: int = find_value(connection, "SELECT count(*) FROM words_pending")
    return count
