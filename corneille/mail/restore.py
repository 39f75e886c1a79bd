"""Brings a backup back into a new data directory.

What was given a number after the backup was made is lost, and programs know those numbers: none is given again.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.mail.backup import FORMAT, MAIN_DATABASE_NAME, MANIFEST_NAME
from corneille.mail.store.shard import INDEX_NAME
from corneille.mail.store.skip_numbers import SKIPPED, skip_numbers

SKIPPED_A_SECOND = 20
"""Since the backup was made: one that comes back twice does not give again what was given between both times."""
SKIPPED_AT_MOST = 1_000_000_000
"""UIDs have 32 bits."""

SkipsNumbers = Callable[[sqlite3.Connection, int], None]
"""What else gives programs numbers, in the main database."""


class RestoreRefused(Refusal):
    """It cannot be restored; data["why"] is `no-backup`, `unfinished`, `newer-format`, `not-empty` or `unreadable`."""

    code = "restore-refused"


@dataclass(frozen=True, slots=True)
class RestoreProgress:
    """How far one part is: `part` is files (in octets) or numbers (in databases)."""

    part: str
    done: int
    total: int


def restore(source: Path, data: Path, skips: Sequence[SkipsNumbers] = ()) -> Iterator[RestoreProgress]:
    """Copies the backup in `source` to `data`, which must be new or empty; then `verify` proves it.

    An interrupted restore leaves a folder with `restore.unfinished`; it is not taken for an installation.
    raises  RestoreRefused: nothing was written
    """
    begun_at = _check(source, data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = data / "restore.unfinished"
    unfinished.touch()
    paths = sorted(path for path in source.rglob("*") if path.is_file() and path.name != MANIFEST_NAME)
    total = sum(path.stat().st_size for path in paths)
    done = 0
    for path in paths:
        copied = data / path.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(path, copied)
        done += path.stat().st_size
        yield RestoreProgress("files", done, total)
    yield from _skip(data, _count_skipped(clock.now() - begun_at), skips)
    os.sync()
    unfinished.unlink()


def _count_skipped(since: timedelta) -> int:
    return min(SKIPPED + SKIPPED_A_SECOND * max(int(since.total_seconds()), 0), SKIPPED_AT_MOST)


def _skip(data: Path, count: int, skips: Sequence[SkipsNumbers]) -> Iterator[RestoreProgress]:
    indexes = sorted(data.glob(f"mail/*/{INDEX_NAME}"))
    with closing(sqlite3.connect(data / MAIN_DATABASE_NAME)) as connection, connection:
        for skip in skips:
            skip(connection, count)
    for done, index in enumerate(indexes, 1):
        yield RestoreProgress("numbers", done, len(indexes) + 1)
        skip_numbers(index, count)


def _check(source: Path, data: Path) -> datetime:
    """Gives when the backup was begun."""
    if not source.is_dir():
        raise RestoreRefused(why="no-backup", source=str(source))
    manifest = source / MANIFEST_NAME
    if not manifest.exists():
        raise RestoreRefused(why="unfinished", source=str(source))
    told = json.loads(manifest.read_text(encoding="ascii"))
    if told["format"] > FORMAT:
        raise RestoreRefused(why="newer-format", source=str(source))
    if data.exists() and any(data.iterdir()):
        raise RestoreRefused(why="not-empty", data=str(data))
    return datetime.fromisoformat(told["begun_at"])
