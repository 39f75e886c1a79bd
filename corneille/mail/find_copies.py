"""Every copy of what a sender sent, in whosever mail it lies: for the removal of a campaign, and for nothing else.

This is the one gate to many people's mail at once. It gives places and what the list of messages shows of each, never
a text; `protection` calls it, for an incident, and journals what it does with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, MessageId, Uid
from corneille.mail import queries, store
from corneille.mail.flags import parse_flags
from corneille.mail.store.sql import list_rows
from corneille.mail.values import MailAccount, SpecialUse, instant

SLICE_COUNT = 500
_WRITTEN = (SpecialUse.SENT, SpecialUse.DRAFTS)
"""What somebody wrote is no copy that they got."""
_COPIES = """
SELECT m.id, m.mailbox, b.name, m.uid, m.flags, m.received_at, c.subject
FROM content c JOIN message m ON m.content = c.id JOIN mailbox b ON b.id = m.mailbox
WHERE c.sender_address = ? COLLATE NOCASE AND m.id > ? AND coalesce(b.special_use, '') NOT IN (?, ?)
ORDER BY m.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class CopyFound:
    """One message in one place."""

    id: MessageId
    owner: AccountId
    account: MailAccount
    mailbox: MailboxId
    folder: str
    uid: Uid
    flags: frozenset[str]
    received_at: datetime
    subject: str


def find_copies(sender_address: str) -> Iterator[list[CopyFound]]:
    """What this address sent, wherever it lies but in Sent and Drafts, in slices; case of the address does not matter."""
    owners = queries.list_owners()
    for shard in store.current().list_shards():
        last = 0
        while rows := list_rows(
            store.current().shard(shard).reader(), _COPIES, (sender_address, last, *_WRITTEN, SLICE_COUNT)
        ):
            last = rows[-1][0]
            yield [_make(row, shard, owners[row[0] >> 32]) for row in rows if row[0] >> 32 in owners]


def _make(row: tuple, shard: int, owner: int) -> CopyFound:  # type: ignore[type-arg]  # the statement says what a row is
    number, mailbox, name, uid, flags, received_s, subject = row
    account = MailAccount(MailAccountId(number >> 32), shard)
    return CopyFound(
        MessageId(number), AccountId(owner), account, MailboxId(mailbox), name, Uid(uid), frozenset(parse_flags(flags)),
        instant(received_s), subject,
    )  # fmt: skip
