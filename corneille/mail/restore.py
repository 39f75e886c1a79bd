"""Brings a backup back into a new data directory."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corneille.kernel.refusal import Refusal
from corneille.mail.backup import FORMAT, MANIFEST_NAME


class RestoreRefused(Refusal):
    """It cannot be restored; data["why"] is `no-backup`, `unfinished`, `newer-format`, `not-empty` or `unreadable`."""

    code = "restore-refused"


@dataclass(frozen=True, slots=True)
class RestoreProgress:
    """How far the copying is."""

    done_bytes: int
    total_bytes: int


def restore(source: Path, data: Path) -> Iterator[RestoreProgress]:
    """Copies the backup in `source` to `data`, which must be new or empty; then `verify` proves it.

    An interrupted restore leaves a folder with `restore.unfinished`; it is not taken for an installation.
    raises  RestoreRefused: nothing was written
    """
    _check(source, data)
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
        yield RestoreProgress(done, total)
    os.sync()
    unfinished.unlink()


def _check(source: Path, data: Path) -> None:
    if not source.is_dir():
        raise RestoreRefused(why="no-backup", source=str(source))
    manifest = source / MANIFEST_NAME
    if not manifest.exists():
        raise RestoreRefused(why="unfinished", source=str(source))
    if json.loads(manifest.read_text(encoding="ascii"))["format"] > FORMAT:
        raise RestoreRefused(why="newer-format", source=str(source))
    if data.exists() and any(data.iterdir()):
        raise RestoreRefused(why="not-empty", data=str(data))
