"""Copies a whole installation while it serves: mail index and segments, main database, keys, blobs, settings.

The order makes the copy whole: the index first, by SQLite's backup API, then the segments, whose synced bytes never
change; so every content that the copied index names is in the copied segments. What arrives during the copy may be in
the segments only: the copied index is older than they are, and files it when it opens.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw

from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.mail import store
from corneille.mail.store.segment import list_segments, segment_path
from corneille.mail.store.segments_held import segments_held
from corneille.mail.store.shard import INDEX_NAME, SEGMENTS_NAME, Shard

MANIFEST_NAME = "backup.json"
FORMAT = 1
MAIN_DATABASE_NAME = "corneille.sqlite3"
PLAIN_FILES = ("keys.json", "corneille.toml", "demonstration.json", "demonstration-mail.json")
FOLDERS = ("blobs", "documents", "tls", "catcher")
STEP_PAGES = 2000
PAGE_BYTES = 4096
COPY_BYTES = 16 * 1024 * 1024


class BackupRefused(Refusal):
    """The target cannot take a backup; data["why"] is `not-empty`."""

    code = "backup-refused"


@dataclass(frozen=True, slots=True)
class BackupProgress:
    """How far one part is: `part` is index, segments, database or files."""

    part: str
    done_bytes: int
    total_bytes: int


def backup(data: Path, target: Path) -> Iterator[BackupProgress]:
    """Copies the open installation at `data` into the folder `target`, which must be empty or new.

    The manifest is written last: a folder without one is a backup that was not finished.
    raises  BackupRefused
    """
    if target.exists() and any(target.iterdir()):
        raise BackupRefused(why="not-empty", target=str(target))
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun_at = clock.now()
    yield from _copy_database(data / MAIN_DATABASE_NAME, target / MAIN_DATABASE_NAME)
    opened = store.current()
    for number in opened.list_shards():
        with segments_held(opened.shard(number).folder, alone=False):
            yield from _copy_shard(opened.shard(number), target / "mail" / str(number))
    yield from _copy_files(data, target)
    manifest = {"format": FORMAT, "begun_at": begun_at.isoformat(), "shards": opened.list_shards()}
    (target / MANIFEST_NAME).write_text(json.dumps(manifest), encoding="ascii")
    os.sync()


def _copy_shard(shard: Shard, target: Path) -> Iterator[BackupProgress]:
    """Of one moment: SQLite would begin again at each commit of another connection, and never end while mail arrives."""
    (target / SEGMENTS_NAME).mkdir(parents=True, mode=0o700)
    with (
        shard.fresh_snapshot() as moment,
        closing(apsw.Connection(str(target / INDEX_NAME))) as copied,
        copied.backup("main", moment, "main") as work,
    ):
        while not work.done:
            work.step(STEP_PAGES)
            done = work.page_count - work.remaining
            yield BackupProgress("index", done * PAGE_BYTES, work.page_count * PAGE_BYTES)
    numbers = list_segments(shard.segments_folder)
    total = sum(segment_path(shard.segments_folder, number).stat().st_size for number in numbers)
    done = 0
    for number in numbers:
        for size in _copy(segment_path(shard.segments_folder, number), segment_path(target / SEGMENTS_NAME, number)):
            done += size
            yield BackupProgress("segments", done, max(total, done))


def _copy_database(source: Path, target: Path) -> Iterator[BackupProgress]:
    """The main database, through the library that has it open."""
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
    size_bytes = target.stat().st_size
    yield BackupProgress("database", size_bytes, size_bytes)


def _copy_files(data: Path, target: Path) -> Iterator[BackupProgress]:
    """Small files, and the blobs: each is written once and never changes."""
    paths = [data / name for name in PLAIN_FILES]
    for folder in FOLDERS:
        paths += sorted(path for path in (data / folder).rglob("*") if path.is_file())
    paths = [path for path in paths if path.exists()]
    for done_count, path in enumerate(paths, 1):
        copied = target / path.relative_to(data)
        copied.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copy2(path, copied)
        except FileNotFoundError:
            continue  # a blob that was dropped meanwhile
        yield BackupProgress("files", done_count, len(paths))


def _copy(source: Path, target: Path) -> Iterator[int]:
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(COPY_BYTES):
            writing.write(piece)
            yield len(piece)
        writing.flush()
        os.fsync(writing.fileno())
    target.chmod(0o600)
