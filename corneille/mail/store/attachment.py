"""The tables `attachment_text` and `attachments_pending`: words of attached documents, read after the message's own.

A content whose documents were read is indexed again, by the queue of `words`: until that has come to it, a search reads
its texts, so that its answer is always right.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import apsw

from corneille.mail.searchable import Texts
from corneille.mail.store.sql import find_value, list_rows, number_list
from corneille.mail.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """A document's folded text; `path` is its section, `name` its file's name as the message gives it."""

    path: str
    name: str
    text: str


def note_documents(connection: apsw.Connection, content: int) -> None:
    """Puts a content that has attachments in the queue of those whose documents are to be read."""
    connection.execute(
        "INSERT OR IGNORE INTO attachments_pending SELECT id FROM content WHERE id = ? AND has_attachment", (content,)
    )


def list_pending(connection: apsw.Connection, limit: int) -> list[int]:
    """The next contents, the newest first: what has just come is looked for soonest."""
    rows = list_rows(connection, "SELECT content FROM attachments_pending ORDER BY content DESC LIMIT ?", (limit,))
    return [row[0] for row in rows]


def count_pending(connection: apsw.Connection) -> int:
    """How many contents wait."""
    count: int = find_value(connection, "SELECT count(*) FROM attachments_pending")
    return count


def set_attached(turn: Transaction, content: int, found: Sequence[AttachmentText]) -> None:
    """Keeps what was read of a content's documents, and queues its messages for the index; nothing if it went meanwhile."""
    turn.connection.execute("DELETE FROM attachments_pending WHERE content = ?", (content,))
    if not turn.connection.changes():
        return
    turn.connection.execute("DELETE FROM attachment_text WHERE content = ?", (content,))
    turn.connection.executemany(
        "INSERT INTO attachment_text VALUES (?, ?, ?, ?)",
        [(content, each.path, each.name, zlib.compress(each.text.encode(), 1)) for each in found],
    )
    turn.connection.execute(
        "INSERT OR IGNORE INTO words_pending SELECT id, 0 FROM message WHERE content = ?", (content,)
    )  # fmt: skip


def begin_again(turn: Transaction) -> None:
    """Queues every content that has attachments; what was read before is found until it is read again."""
    turn.connection.execute(
        "INSERT OR IGNORE INTO attachments_pending SELECT c.id FROM content c JOIN content_text t ON t.content = c.id"
        " WHERE c.has_attachment"
    )


def with_attached(connection: apsw.Connection, content: int, texts: Texts) -> Texts:
    """The texts with those of the documents, as far as they were read."""
    rows = list_rows(connection, "SELECT text FROM attachment_text WHERE content = ? ORDER BY path", (content,))
    return replace(texts, attached=tuple(_unpack(row[0]) for row in rows)) if rows else texts


def list_attached(connection: apsw.Connection, contents: Sequence[int]) -> dict[int, list[AttachmentText]]:
    """What is kept of each of these contents' documents."""
    found: dict[int, list[AttachmentText]] = {}
    for content, path, name, text in list_rows(
        connection,
        "SELECT content, path, name, text FROM attachment_text WHERE content IN (SELECT value FROM carray(?))",
        (number_list(contents),),
    ):
        found.setdefault(content, []).append(AttachmentText(path, name, _unpack(text)))
    return found


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()
