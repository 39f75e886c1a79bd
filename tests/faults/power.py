"""A disk that forgets what was not synced when the power goes.

The files are real and hold what the system would show. Beside them stands what the medium holds for certain: of each
file its octets at its last sync, of each folder its names at its last sync. `cut` says what is left, and may keep some
of the rest: nothing keeps a system from writing early, in any order, in blocks.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

BLOCK_BYTES = 4096
VFS_NAME = "forgetting"
SYNC_FOLDER_TOO = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL

Tree = dict[Path, bytes | None]
"""What is left: by path from the root, a file's octets or None for a folder."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Which share of what was not synced is there all the same: of names, of blocks in files."""

    names: float = 0.0
    blocks: float = 0.0


class _File:
    """A file whatever it is called, and its octets when it was synced last."""

    __slots__ = ("synced",)

    def __init__(self, synced: bytes = b"") -> None:
        self.synced = synced


class Disk:
    """All below `root`; what is there at first is durable."""

    def __init__(self, root: Path, look: Callable[[], None]) -> None:
        self.root = root
        self.look = look
        """Called before each write, cut, sync and change of names."""
        self.lock = threading.RLock()
        self._files: dict[int, _File] = {}
        self._names: dict[Path, dict[str, _File | None]] = {}
        for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
            for path in folder.glob("*"):
                if path.is_file():
                    self._file(path).synced = path.read_bytes()
            self._names[folder] = self._list(folder)

    def holds(self, path: Path) -> bool:
        return self.root in (path, *path.parents)

    def sync(self, path: Path) -> None:
        """A file's octets, or a folder's names, are durable as they are now."""
        with self.lock:
            self.look()
            if path.is_dir():
                self._names[path] = self._list(path)
            else:
                self._file(path).synced = path.read_bytes()
            self.look()

    def forget(self, path: Path) -> None:
        """The file of this name is about to go, by itself or for another of the same name."""
        with self.lock:
            self.look()
            if path.is_file() and path.stat().st_nlink == 1:
                self._files.pop(path.stat().st_ino, None)

    def cut(self, kept: Kept, random: Random) -> Tree:
        """What is left when the power goes now."""
        with self.lock:
            left: Tree = {}
            self._cut_folder(self.root, kept, random, {}, left)
            return left

    def _cut_folder(self, folder: Path, kept: Kept, random: Random, is_kept: dict[int, bool], left: Tree) -> None:
        synced, now = self._names.get(folder, {}), self._list(folder)
        for name in sorted({*synced, *now}):
            path, chosen = folder / name, synced
            if (name in synced, synced.get(name)) != (name in now, now.get(name)):
                # Both names of a renamed file change together, or neither does.
                one = id(now[name] if name in now else synced[name])
                chosen = now if is_kept.setdefault(one, random.random() < kept.names) else synced
            if name not in chosen:
                continue
            file = chosen[name]
            if file is None:
                left[path.relative_to(self.root)] = None
                self._cut_folder(path, kept, random, is_kept, left)
            else:
                is_here = kept.blocks > 0 and file is now.get(name)
                octets = path.read_bytes() if is_here else file.synced
                left[path.relative_to(self.root)] = _mix(file.synced, octets, kept.blocks, random)

    def _list(self, folder: Path) -> dict[str, _File | None]:
        if not folder.is_dir():
            return {}
        return {path.name: None if path.is_dir() else self._file(path) for path in folder.iterdir()}

    def _file(self, path: Path) -> _File:
        return self._files.setdefault(path.stat().st_ino, _File())


def _mix(synced: bytes, now: bytes, share: float, random: Random) -> bytes:
    """Each block as it was or as it is; where the end was written and a block before it was not, there are zeros."""
    if synced == now:
        return synced
    size_bytes = len(now) if random.random() < share else len(synced)
    blocks = []
    for start in range(0, size_bytes, BLOCK_BYTES):
        block = (now if random.random() < share else synced)[start : start + BLOCK_BYTES]
        blocks.append(block.ljust(BLOCK_BYTES, b"\0"))
    return b"".join(blocks)[:size_bytes]


def write_tree(tree: Tree, folder: Path) -> None:
    """Lays out what was left."""
    folder.mkdir()
    for path, octets in tree.items():
        if octets is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(octets)


@contextmanager
def unsynced(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing waits for the real disk: for what is thrown away at once."""
    with forgetting(monkeypatch, Disk(Path("/nowhere"), lambda: None)):
        yield


@contextmanager
def forgetting(monkeypatch: pytest.MonkeyPatch, disk: Disk) -> Iterator[None]:
    """The disk under everything that is opened within."""
    vfs = _Vfs(disk)
    try:
        with monkeypatch.context() as patch:
            for name in ("fsync", "fdatasync"):
                patch.setattr(os, name, _make_sync(disk))
            for name in ("pwrite", "pwritev", "ftruncate"):
                patch.setattr(os, name, _make_look(disk, getattr(os, name)))
            for name in ("unlink", "remove"):
                patch.setattr(os, name, _make_unlink(disk, getattr(os, name)))
            for name in ("rename", "replace"):
                patch.setattr(os, name, _make_replace(disk, getattr(os, name)))
            yield
    finally:
        vfs.unregister()


def _make_sync(disk: Disk) -> Callable[[int], None]:
    def sync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if disk.holds(path):
            disk.sync(path)

    return sync


def _make_look(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def look(*given: Any) -> Any:
        with disk.lock:
            disk.look()
        return real(*given)

    return look


def _make_unlink(disk: Disk, real: Callable[..., None]) -> Callable[..., None]:
    def unlink(path: Any, **named: Any) -> None:
        if disk.holds(Path(path)):
            disk.forget(Path(path))
        real(path, **named)

    return unlink


def _make_replace(disk: Disk, real: Callable[..., None]) -> Callable[..., None]:
    def replace(source: Any, target: Any, **named: Any) -> None:
        if disk.holds(Path(target)):
            disk.forget(Path(target))
        real(source, target, **named)

    return replace


class _Vfs(apsw.VFS):
    """SQLite's files, by default for every connection while it lives."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        super().__init__(VFS_NAME, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "_VfsFile":  # noqa: N802  # apsw's name
        """One file."""
        return _VfsFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Durable at once where SQLite asks for it."""
        self._disk.forget(Path(filename))
        super().xDelete(filename, syncdir)
        if syncdir:
            self._disk.sync(Path(filename).parent)


class _VfsFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "/nowhere")
        self._must_sync_folder = bool(flags[0] & SYNC_FOLDER_TOO and flags[0] & apsw.SQLITE_OPEN_CREATE)
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """In the system's memory."""
        with self._disk.lock:
            self._disk.look()
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """As above."""
        with self._disk.lock:
            self._disk.look()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Durable; the first sync of a log also makes its name so (SQLite's os_unix.c, UNIXFILE_DIRSYNC)."""
        if self._disk.holds(self._path):
            self._disk.sync(self._path)
            if self._must_sync_folder:
                self._must_sync_folder = False
                self._disk.sync(self._path.parent)
