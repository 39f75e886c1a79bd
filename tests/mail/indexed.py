"""Waiting, in turns of the writer and not in seconds, for the search index to hold every message."""

from unittest.mock import patch

from corneille.mail import store
from corneille.mail.store import writer
from corneille.mail.store.sql import find_value

TURNS = 20_000


def wait_until_indexed() -> None:
    """Returns when no message waits for the index; each change that is waited for gives the writer an idle moment."""
    shard = store.current().shard(0)
    with patch.object(writer, "QUIET_S", 0.0):
        for _ in range(TURNS):
            if find_value(shard.reader(), "SELECT 1 FROM words_pending LIMIT 1") is None:
                return
            shard.submit(lambda turn: None).result(10)
    raise AssertionError("the words are never indexed")
