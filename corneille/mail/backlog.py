"""How many messages wait for their words to be indexed."""

from corneille.mail import store
from corneille.mail.store.words import count_pending


def count_backlog() -> int:
    """Of every shard; searches read those texts until they are indexed."""
    opened = store.current()
    return sum(count_pending(opened.shard(number).reader()) for number in opened.list_shards())
