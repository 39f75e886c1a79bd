"""« Messages supprimés récemment »: what was removed for good less than some days ago, and what forgets the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from corneille.kernel.settings import of
from corneille.mail import store
from corneille.mail.settings import MailSettings
from corneille.mail.store import deleted as table
from corneille.mail.values import MailAccount, instant

FORGOTTEN_AT_ONCE = 5000
"""Lines of one transaction: a delivery never waits long behind them."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """One message that can be put back until `until`; `mailbox_name` is where it was removed from, as it was called."""

    number: int
    mailbox_name: str
    sender_name: str
    sender_address: str
    recipients: str
    subject: str
    received_at: datetime
    deleted_at: datetime
    until: datetime
    size_bytes: int


def list_deleted(account: MailAccount, now: datetime, *, before: int | None = None, limit: int = 50) -> list[Deleted]:
    """The latest first; `before`: the number after which the list goes on."""
    kept = timedelta(days=of(MailSettings).keep_deleted_days)
    since_s = int((now - kept).timestamp())
    rows = table.list_deleted(store.current().shard(account.shard).reader(), account.id, since_s, before, limit)
    return [
        Deleted(
            row.id, row.mailbox_name, row.sender_name, row.sender_address, row.recipients, row.subject,
            instant(row.received_at), instant(row.deleted_at), instant(row.deleted_at) + kept, row.size_bytes,
        )
        for row in rows
    ]  # fmt: skip


def forget_deleted(now: datetime) -> int:
    """Forgets the words of what can no longer be put back; its octets are compaction's matter. Gives how many."""
    before_s = int((now - timedelta(days=of(MailSettings).keep_deleted_days)).timestamp())
    opened = store.current()
    count = 0
    for number in opened.list_shards():
        while True:
            forget = partial(table.forget_deleted, before_s=before_s, limit=FORGOTTEN_AT_ONCE)
            gone = opened.shard(number).submit(forget).result()
            count += gone
            if gone < FORGOTTEN_AT_ONCE:
                break
    return count
