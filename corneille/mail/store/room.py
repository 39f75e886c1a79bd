"""Which messages take the place: read by one pass over a mail account's rows, which lie side by side."""

import apsw

from corneille.kernel.ids import MailAccountId
from corneille.mail.store.sql import list_rows


def list_biggest(connection: apsw.Connection, account: MailAccountId, least_bytes: int, limit: int) -> list[int]:
    """Messages of at least this size, the biggest first."""
    rows = list_rows(
        connection,
        "SELECT id FROM message WHERE id >= ? AND id < ? AND size_bytes >= ? ORDER BY size_bytes DESC, id LIMIT ?",
        (account << 32, (account + 1) << 32, least_bytes, limit),
    )
    return [row[0] for row in rows]


def list_oldest_big(
    connection: apsw.Connection, account: MailAccountId, before_s: int, least_bytes: int, limit: int
) -> list[int]:
    """Messages with attachments of at least this size that came before, the oldest first."""
    rows = list_rows(
        connection,
        "SELECT m.id FROM message m JOIN content c ON c.id = m.content"
        " WHERE m.id >= ? AND m.id < ? AND m.size_bytes >= ? AND m.received_at < ? AND c.has_attachment"
        " ORDER BY m.received_at, m.id LIMIT ?",
        (account << 32, (account + 1) << 32, least_bytes, before_s, limit),
    )
    return [row[0] for row in rows]
