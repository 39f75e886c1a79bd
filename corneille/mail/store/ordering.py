"""What messages are ordered and threaded by, read in slices."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import apsw

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.store.search_text import read_texts
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import list_rows, number_list

SLICE_ROWS = 50
"""Their subjects and names take some two milliseconds to read and collate."""
SLICE_TEXTS = 100


class Facts(NamedTuple):
    """`sent_s` is the Date header's instant, or the day it came (RFC 5256 §2.2)."""

    uid: Uid
    message: int
    content: int
    received_s: int
    sent_s: int
    size_bytes: int
    subject: str
    envelope: bytes | None


def read_facts(
    connection: apsw.Connection, mailbox: MailboxId, uids: Sequence[int], *, with_envelope: bool
) -> Iterator[list[Facts]]:
    """The facts of these ascending UIDs; one that has gone is passed over."""
    select = (
        "SELECT m.uid, m.id, m.content, m.received_at, ifnull(c.sent_at, m.received_at), m.size_bytes, c.subject,"
        f" {'c.envelope' if with_envelope else 'NULL'} FROM carray(?) a CROSS JOIN message m JOIN content c"
        " ON c.id = m.content WHERE m.mailbox = ? AND m.uid = a.value ORDER BY m.uid"
    )
    for start in range(0, len(uids), SLICE_ROWS):
        rows = list_rows(connection, select, (number_list(uids[start : start + SLICE_ROWS]), mailbox))
        yield [Facts._make(row) for row in rows]


def read_headers(
    connection: apsw.Connection, contents: SegmentReader, facts: Sequence[Facts]
) -> Iterator[list[tuple[Facts, str]]]:
    """Each message with its folded header, a line `name: value` per field."""
    for start in range(0, len(facts), SLICE_TEXTS):
        some = {each.message: each for each in facts[start : start + SLICE_TEXTS]}
        asked = [(each.message, each.content) for each in some.values()]
        read = read_texts(connection, contents, asked, needs_body=False)
        yield [(some[message], texts.header) for message, texts in read]
