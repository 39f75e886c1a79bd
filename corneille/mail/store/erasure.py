"""What is left of an erased message outside the segments: words in the search index, pages of the write-ahead log, an
index that was rebuilt.

FTS5 only marks what is deleted; the words go when their part of the index is written anew, as a whole, in small steps.
"""

from collections.abc import Iterator

from corneille.mail.store.opening import connect
from corneille.mail.store.shard import Shard
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction

STEP_PAGES = 200
"""About 20 ms: a delivery waits for no more than that."""
CHECKPOINT_WAIT_MS = 100
WORDS = "words"
"""The chore of writing the search index anew."""
ERASE = "erase"
"""The chore of erasing what was deleted until then, whatever keep_deleted_days says."""
_TABLES = ("letters", "words")


def owe(turn: Transaction, chore: str, *, since_s: int | None = None) -> None:
    """Notes a chore, since now where nothing else is said; of two notes of WORDS the older counts, of ERASE the younger."""
    turn.connection.execute(
        "INSERT INTO chore VALUES (?1, ?2) ON CONFLICT DO UPDATE SET since = ?2 WHERE name = 'erase'",
        (chore, turn.now_s if since_s is None else since_s),
    )


def find_owed(shard: Shard, chore: str) -> int | None:
    """Since when (s) a chore is owed."""
    since_s: int | None = find_value(shard.reader(), "SELECT since FROM chore WHERE name = ?", (chore,))
    return since_s


def rewrite_words(shard: Shard) -> Iterator[None]:
    """Writes the search index anew, a step at a time, then the log; begun again, it goes on where it was. To be called
    when no segment holds anything that is to go.

    Chores are done when nothing of the log's former pages is left either: a reader may hold them for a moment, and then
    it is for the next time.
    """
    for table in _TABLES:
        amount = -STEP_PAGES  # negative: all parts into one; then step by step
        while shard.submit(lambda turn, table=table, amount=amount: _merge(turn, table, amount)).result():  # type: ignore[misc]
            amount = STEP_PAGES
            yield
    if empty_log(shard):
        shard.submit(lambda turn: turn.connection.execute("DELETE FROM chore WHERE name IN (?, ?)", (WORDS, ERASE))).result()


def _merge(turn: Transaction, table: str, pages: int) -> bool:
    """Whether there is more to do (SQLite's FTS5 page, « merge »: fewer than two changes say no)."""
    before = turn.connection.total_changes()
    turn.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
    return turn.connection.total_changes() - before >= 2


def empty_log(shard: Shard) -> bool:
    """Writes the log into the index and cuts it to nothing; False when somebody reads or writes too long."""
    connection = connect(shard.index_path, for_writing=True)
    try:
        connection.set_busy_timeout(CHECKPOINT_WAIT_MS)
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return row is not None and row[0] == 0
    finally:
        connection.close()


def drop_lost_index(shard: Shard, before_s: int) -> None:
    """Removes the index that a rebuild left beside its own, once it is as old as what must not be there any more."""
    for path in shard.folder.glob("index.lost*"):
        if path.stat().st_mtime <= before_s:
            path.unlink()
