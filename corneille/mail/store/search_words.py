"""Which messages of a mail account have all of some words or beginnings of words."""

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.mail.searchable import has_words
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import list_rows
from corneille.mail.store.words import find_texts
from corneille.mail.values import SpecialUse


def find_messages(
    connection: apsw.Connection,
    contents: SegmentReader,
    account: MailAccountId,
    wanted: list[str],
    mailbox: MailboxId | None,
) -> list[tuple[int, int]]:
    """(-received_at, -message) of each match, sorted, so newest first; Junk and Trash only when asked for."""
    first, last = account << 32, (account + 1) << 32
    where = "m.mailbox = ?"
    bindings: list[int | str | None] = [mailbox]
    if mailbox is None:
        where = "m.mailbox NOT IN (SELECT id FROM mailbox WHERE account = ? AND special_use IN (?, ?))"
        bindings = [account, SpecialUse.JUNK, SpecialUse.TRASH]
    found = set(
        connection.execute(
            "SELECT -m.received_at, -m.id FROM words w CROSS JOIN message m ON m.id = w.rowid"
            f" WHERE w.words MATCH ? AND w.rowid >= ? AND w.rowid < ? AND {where}",
            (" AND ".join(f'"{word}"*' for word in wanted), first, last, *bindings),
        )
    )
    waiting = list_rows(
        connection,
        "SELECT m.received_at, m.id, m.content FROM words_pending p CROSS JOIN message m ON m.id = p.message"
        f" WHERE p.message >= ? AND p.message < ? AND {where}",
        (first, last, *bindings),
    )
    for received_at, message, content in waiting:
        if has_words(find_texts(connection, contents, content), wanted):
            found.add((-received_at, -message))
    return sorted(found)
