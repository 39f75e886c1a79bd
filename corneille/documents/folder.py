"""Where shared documents are: `documents/` of the data directory, for the service's own eyes (0700, each file 0600)."""

import errno
import os
import re
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from corneille.kernel.folder import make_folder, sync_folder
from corneille.kernel.refusal import DiskFull
from corneille.kernel.settings import Ground, of

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NAME = re.compile(r"[0-9a-f]{16}")
LEFT_S = 24 * 3600
"""A file that no row names is taken away after so long: younger ones are being shared."""


def find_folder() -> Path:
    """The folder, made where it is missing."""
    folder = Path(of(Ground).data) / "documents"
    make_folder(folder)
    return folder


def add_file(name: str, content: bytes) -> None:
    """Keeps a file durably before it returns. Raises DiskFull: then nothing of it is left."""
    folder = find_folder()
    room = os.statvfs(folder)
    if room.f_bavail * room.f_frsize - of(Ground).disk_reserve_bytes < len(content):
        raise DiskFull(size_bytes=len(content))
    path = folder / name
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(folder)
    except OSError as fault:
        path.unlink(missing_ok=True)
        if fault.errno in FULL:
            raise DiskFull(size_bytes=len(content)) from fault
        raise


def open_file(name: str) -> BinaryIO:
    """Raises FileNotFoundError."""
    return (find_folder() / name).open("rb")


def drop_file(name: str) -> None:
    """Twice is no fault."""
    (find_folder() / name).unlink(missing_ok=True)


def list_left(now: datetime) -> list[str]:
    """The names of files that are old enough to have a row."""
    before = now.timestamp() - LEFT_S
    return [each.name for each in find_folder().iterdir() if _NAME.fullmatch(each.name) and each.stat().st_mtime < before]
