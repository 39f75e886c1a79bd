"""The mail's part of a copy: each mailbox as one mbox file, message by message."""

from collections.abc import Iterator
from typing import IO

from corneille.kernel.ids import Uid
from corneille.kernel.refusal import Gone
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import view_mailbox
from corneille.mail.values import MailAccount, Mailbox, MailboxGone, Row, StorageFault
from corneille.privacy.export.mbox import format_message

SLICE_COUNT = 50


def write_mailbox(account: MailAccount, mailbox: Mailbox, out: IO[bytes]) -> Iterator[Row | None]:
    """Writes the messages that are there now, the oldest first; yields after each: None, or the one that cannot be read.

    What is expunged meanwhile is passed over, and counted all the same, so that the count comes to its end.
    """
    try:
        uids = view_mailbox(account, mailbox.id).uids
        for start in range(0, len(uids), SLICE_COUNT):
            some = uids[start : start + SLICE_COUNT]
            found = {row.uid: row for rows in fetch(account, mailbox.id, [(Uid(some[0]), Uid(some[-1]))]) for row in rows}
            for uid in some:
                row = found.get(Uid(uid))
                yield None if row is None or _write(account, row, out) else row
    except MailboxGone:
        return  # deleted meanwhile, with its messages


def _write(account: MailAccount, row: Row, out: IO[bytes]) -> bool:
    try:
        content = read_content(account, row.id)
    except StorageFault:
        return False
    except Gone:
        return True
    for piece in format_message(content, row.received_at, row.flags.split()):
        out.write(piece)
    return True
