"""A file layer that fails when it is told to: under the segments by a stand-in for `os`, under the index by a VFS."""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import pytest

from corneille.mail.store import segment

VFS_NAME = "failing"
WRITING = frozenset({"write", "truncate", "sync"})
READING = frozenset({"read"})
NAMING = frozenset({"open", "unlink", "rename"})
_AS_SQLITE_SAYS = {errno.ENOSPC: apsw.FullError, errno.EROFS: apsw.ReadOnlyError, errno.EMFILE: apsw.CantOpenError}


@dataclass(slots=True)
class Layer:
    """Counts calls of these kinds and fails the `at`-th (0: none), and all after it where it is `lasting`.

    what   an errno, or "short": a segment's write that takes half of what it is given
    """

    at: int = 0
    what: int | str = errno.EIO
    is_lasting: bool = False
    kinds: frozenset[str] = WRITING
    count: int = 0

    def is_due(self, kind: str) -> bool:
        """Whether this call fails."""
        if kind not in self.kinds:
            return False
        self.count += 1
        return self.at > 0 and (self.count == self.at or (self.is_lasting and self.count > self.at))

    def fail_file(self, kind: str) -> bool:
        """Raises, or says that the write is to be short."""
        if not self.is_due(kind):
            return False
        if isinstance(self.what, int):
            raise OSError(self.what, os.strerror(self.what))
        return True

    def fail_index(self, kind: str) -> None:
        """Raises as SQLite says it."""
        if self.is_due(kind) and isinstance(self.what, int):
            raise _AS_SQLITE_SAYS.get(self.what, apsw.IOError)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, layer: Layer) -> Iterator[None]:
    """The layer under everything that is opened within."""
    vfs = FailingVfs(layer)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(segment, "os", FailingOs(layer))
            for name, kind in (("open", "open"), ("unlink", "unlink"), ("replace", "rename")):
                patch.setattr(Path, name, _fail_first(layer, kind, getattr(Path, name)))
            yield
    finally:
        vfs.unregister()


def _fail_first(layer: Layer, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Path, *given: Any, **named: Any) -> Any:
        if path.suffix == ".segment" or path.name.startswith("index"):
            layer.fail_file(kind)
        return real(path, *given, **named)

    return call


class FailingOs:
    """`os` as the segments know it."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, *given: Any) -> int:
        """May fail."""
        self._layer.fail_file("open")
        return os.open(path, *given)

    def pread(self, handle: int, count: int, offset: int) -> bytes:
        """May fail."""
        self._layer.fail_file("read")
        return os.pread(handle, count, offset)

    def pwritev(self, handle: int, chunks: Sequence[bytes], offset: int) -> int:
        """Half of it when it is short."""
        whole = b"".join(chunks)
        return os.pwrite(handle, whole[: len(whole) // 2] if self._layer.fail_file("write") else whole, offset)

    def pwrite(self, handle: int, chunk: bytes, offset: int) -> int:
        """As above, at least one octet."""
        return os.pwrite(handle, chunk[: len(chunk) // 2 + 1] if self._layer.fail_file("write") else chunk, offset)

    def ftruncate(self, handle: int, length: int) -> None:
        """May fail."""
        self._layer.fail_file("truncate")
        os.ftruncate(handle, length)

    def fdatasync(self, handle: int) -> None:
        """May fail."""
        self._layer.fail_file("sync")
        os.fdatasync(handle)


class FailingVfs(apsw.VFS):
    """SQLite's files, by default for every connection while it lives."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        super().__init__(VFS_NAME, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "FailingFile":  # noqa: N802  # apsw's name
        """One file."""
        self._layer.fail_index("open")
        return FailingFile(self._layer, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index("unlink")
        super().xDelete(filename, syncdir)


class FailingFile(apsw.VFSFile):
    """A file that may fail to be read, written, cut or synced."""

    def __init__(self, layer: Layer, name: Any, flags: list[int]) -> None:
        self._layer = layer
        super().__init__("unix", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """May fail."""
        self._layer.fail_index("read")
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index("write")
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index("truncate")
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index("sync")
        super().xSync(flags)
