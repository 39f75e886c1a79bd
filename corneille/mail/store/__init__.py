"""The mail index and its segments: the one place that knows how mail is laid out on disk.

The operations in `mail/` call the functions of the modules here, each of which owns one table or one concern.
"""

import logging
import threading
from pathlib import Path

from corneille.kernel.folder import make_folder
from corneille.mail.store.shard import INDEX_NAME, Shard
from corneille.mail.values import IndexLost

log = logging.getLogger(__name__)


class Store:
    """The shards of one data directory, open in this process.

    One whose index is lost stays closed until it is rebuilt; all else is served meanwhile, and what needs it is refused
    for a time.
    """

    def __init__(self, folder: Path, *, slot: int) -> None:
        self.folder = folder
        self.slot = slot
        self._shards: dict[int, Shard] = {}
        self._lost: dict[int, tuple[IndexLost, tuple[int, int] | None]] = {}
        self._opening = threading.Lock()
        try:
            self._open(0)
        except IndexLost as lost:
            log.error("the mail index is lost: run `corneille rebuild`", extra=lost.data)

    def shard(self, number: int) -> Shard:
        """An open shard. One exists by default; the row of a mail account says which is its own. Raises IndexLost."""
        found = self._shards.get(number)
        return found if found is not None else self._open(number)

    def list_shards(self) -> list[int]:
        """The numbers of the shards."""
        return sorted({*self._shards, *self._lost})

    def check(self) -> int:
        """Reads from every shard, and returns how many there are. Raises IndexLost, apsw.Error."""
        for number in self.list_shards():
            shard = self.shard(number)
            shard.check()
            shard.reader().execute("SELECT 1 FROM mail_account LIMIT 1").fetchone()
        return len(self._shards)

    def close(self) -> None:
        """Writes what waits, then closes."""
        for shard in self._shards.values():
            shard.close()

    def _open(self, number: int) -> Shard:
        """Opens it, unless its index is still the file, or the want of one, that was refused."""
        folder = self.folder / str(number)
        with self._opening:
            if number in self._shards:
                return self._shards[number]
            if number in self._lost and self._lost[number][1] == _look_at(folder):
                raise IndexLost(**self._lost[number][0].data)
            try:
                self._shards[number] = Shard(folder, slot=self.slot)
            except IndexLost as lost:
                self._lost[number] = lost, _look_at(folder)
                raise
            self._lost.pop(number, None)
            return self._shards[number]


def _look_at(folder: Path) -> tuple[int, int] | None:
    try:
        told = (folder / INDEX_NAME).stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_mtime_ns


_store: Store | None = None


def open_store(folder: Path, *, slot: int) -> Store:
    """Opens the mail of a data directory; `slot` numbers the processes that share it."""
    make_folder(folder)
    return Store(folder, slot=slot)


def install(store: Store) -> None:
    """Makes `store` the one this process uses; only the room `run` and tests call it."""
    global _store  # noqa: PLW0603  # one per process is the point
    _store = store


def current() -> Store:
    """The installation's mail."""
    assert _store is not None, "the mail store is installed by run before anything reads mail"
    return _store
