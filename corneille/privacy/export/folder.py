"""Where copies are: `exports/` of the data directory, for the service's own eyes (0700, each file 0600)."""

import os
import re
from pathlib import Path
from typing import BinaryIO

from corneille.kernel.folder import make_folder, sync_folder
from corneille.kernel.settings import Ground, of

NAMED_BY_US = re.compile(r"([a-f0-9]{32})(?:-\d+\.part|\.zip)")


def find_folder() -> Path:
    """The folder, made where it is missing."""
    folder = Path(of(Ground).data) / "exports"
    make_folder(folder)
    return folder


def begin_file(name: str, start: int) -> BinaryIO:
    """A new file to write the copy into, of this start alone; what earlier ones left is taken away."""
    drop_files(name)
    return os.fdopen(os.open(_find_part(name, start), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def finish_file(name: str, start: int) -> None:
    """Gives the whole copy, which its writer has synced, its place, durably."""
    folder = find_folder()
    _find_part(name, start).replace(folder / f"{name}.zip")
    sync_folder(folder)


def open_file(name: str) -> BinaryIO:
    """The whole copy. Raises FileNotFoundError."""
    return (find_folder() / f"{name}.zip").open("rb")


def drop_files(name: str) -> None:
    """Takes away the copy, whole or not; twice is no fault."""
    for path in find_folder().glob(f"{name}*"):
        path.unlink(missing_ok=True)


def drop_part(name: str, start: int) -> None:
    """Takes away what one start has written."""
    _find_part(name, start).unlink(missing_ok=True)


def list_names() -> set[str]:
    """The copies that have a file here, whole or not."""
    return {found[1] for path in find_folder().iterdir() if (found := NAMED_BY_US.fullmatch(path.name))}


def find_free_bytes() -> int:
    """How much may still be written there by us: above the reserve, which refusals need to be recorded."""
    room = os.statvfs(find_folder())
    return room.f_bavail * room.f_frsize - of(Ground).disk_reserve_bytes


def _find_part(name: str, start: int) -> Path:
    return find_folder() / f"{name}-{start}.part"
