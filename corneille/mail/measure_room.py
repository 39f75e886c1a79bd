"""What takes the place in a mail account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.mail import store
from corneille.mail.store.listing import list_summaries
from corneille.mail.store.room import list_biggest, list_oldest_big
from corneille.mail.values import MailAccount, Summary

BIG_BYTES = 1024 * 1024
OLD = timedelta(days=365)
SHOWN_COUNT = 20


@dataclass(frozen=True, slots=True)
class Room:
    """The messages that are worth a look: the biggest ones, and old ones with big attachments, the oldest first."""

    biggest: list[Summary]
    old: list[Summary]


def measure_room(account: MailAccount, now: datetime) -> Room:
    """Looks at every message's size; the mailboxes know their own."""
    with store.current().shard(account.shard).snapshot() as connection:
        old = list_oldest_big(connection, account.id, int((now - OLD).timestamp()), BIG_BYTES, SHOWN_COUNT)
        biggest = list_biggest(connection, account.id, BIG_BYTES, SHOWN_COUNT)
        return Room(list_summaries(connection, biggest), list_summaries(connection, old))
