"""The mail index and its segments: the one place that knows how mail is laid out on disk.

The operations in `mail/` call the functions of the modules here, each of which owns one table or one concern.
"""

from pathlib import Path

from corneille.mail.store.shard import Shard


class Store:
    """The shards of one data directory, open in this process."""

    def __init__(self, folder: Path, *, slot: int) -> None:
        self.folder = folder
        self.slot = slot
        self._shards: dict[int, Shard] = {0: Shard(folder / "0", slot=slot)}

    def shard(self, number: int) -> Shard:
        """An open shard. One exists by default; the row of a mail account says which is its own."""
        return self._shards[number]

    def list_shards(self) -> list[int]:
        """The numbers of the shards."""
        return sorted(self._shards)

    def close(self) -> None:
        """Writes what waits, then closes."""
        for shard in self._shards.values():
            shard.close()


_store: Store | None = None


def open_store(folder: Path, *, slot: int) -> Store:
    """Opens the mail of a data directory; `slot` numbers the processes that share it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Store(folder, slot=slot)


def install(store: Store) -> None:
    """Makes `store` the one this process uses; only the room `run` and tests call it."""
    global _store  # noqa: PLW0603  # one per process is the point
    _store = store


def current() -> Store:
    """The installation's mail."""
    assert _store is not None, "the mail store is installed by run before anything reads mail"
    return _store
