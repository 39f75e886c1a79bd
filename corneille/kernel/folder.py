"""Names on the disk: a file that was synced is lost all the same in a power cut when its folder was not."""

import errno
import os
from pathlib import Path

NOT_OURS = frozenset({errno.EACCES, errno.EPERM, errno.EINVAL, errno.EROFS})
"""Why a folder cannot be opened or synced in which ours was before us: another's, or of a file system that syncs none."""


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Makes a folder for this user alone, and those above it that are missing, durably; one that is there stays."""
    if folder.is_dir():
        try:
            sync_folder(folder.parent)  # another process may have made it a moment ago, and not have come so far
        except OSError as error:
            if error.errno not in NOT_OURS:
                raise
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    sync_folder(folder.parent)
