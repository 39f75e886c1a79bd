"""A mail account as a backup holds it: read only, nothing of the copy is touched."""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from corneille.kernel.ids import MailAccountId
from corneille.mail.store.record import Damaged
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.shard import INDEX_NAME, SEGMENTS_NAME
from corneille.mail.store.sql import find_value, list_rows

PAGE_ROWS = 500
_FROM = "FROM message m JOIN content c ON c.id = m.content JOIN mailbox b ON b.id = m.mailbox WHERE b.account = ?"
_OF_ID = " AND instr(c.envelope, ?) > 0"


@dataclass(frozen=True, slots=True)
class Copied:
    """One message; `content` is None when its octets are not what they were."""

    mailbox_name: str
    flags: str
    received_at: int
    digest: bytes
    content: bytes | None


class CopiedMail:
    """The mail account's messages, mailbox by mailbox."""

    def __init__(self, connection: apsw.Connection, contents: SegmentReader, account: MailAccountId) -> None:
        self._connection, self._contents, self._account = connection, contents, account

    def count(self, message_id: str) -> int:
        """How many `read` gives."""
        where, more = _choose(message_id)
        count: int = find_value(self._connection, f"SELECT count(*) {_FROM}{where}", (self._account, *more))
        return count

    def read(self, message_id: str) -> Iterator[Copied]:
        """Every message, or those whose ENVELOPE ends with this Message-ID."""
        where, more = _choose(message_id)
        mailbox, uid = 0, 0
        while rows := list_rows(
            self._connection,
            f"SELECT m.mailbox, m.uid, b.name, m.flags, m.received_at, c.digest, c.segment, c.offset, c.size_bytes {_FROM}"
            f"{where} AND (m.mailbox, m.uid) > (?, ?) ORDER BY m.mailbox, m.uid LIMIT ?",
            (self._account, *more, mailbox, uid, PAGE_ROWS),
        ):
            for row in rows:
                yield Copied(row[2], row[3], row[4], row[5], self._read(*row[5:9]))
            mailbox, uid = rows[-1][0], rows[-1][1]

    def _read(self, digest: bytes, segment: int, offset: int, size_bytes: int) -> bytes | None:
        try:
            content = self._contents.read(segment, offset, size_bytes)
        except (Damaged, OSError):
            return None
        return content if hashlib.sha256(content).digest() == digest else None


@contextmanager
def open_copied(folder: Path, account: MailAccountId) -> Iterator[CopiedMail]:
    """Opens a shard's copy as it lies there: immutable, so that a read-only medium will do."""
    uri = f"{(folder / INDEX_NAME).resolve().as_uri()}?immutable=1"
    contents = SegmentReader(folder / SEGMENTS_NAME)
    with closing(apsw.Connection(uri, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)) as connection:
        try:
            yield CopiedMail(connection, contents, account)
        finally:
            contents.close()


def _choose(message_id: str) -> tuple[str, tuple[bytes, ...]]:
    if not message_id:
        return "", ()
    bare = message_id.strip().strip("<>")
    return _OF_ID, (f'"<{bare}>")'.encode(),)
