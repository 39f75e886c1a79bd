"""A file layer that fails when it is told to: under the segments by a stand-in for `os`, under the index by a VFS."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw

VFS_NAME = "failing"


@dataclass(slots=True)
class Layer:
    """Counts writes, truncations and syncs, and fails the `at`-th (0: none), and all after it where it is `lasting`.

    what   an errno, or "short": a segment's write that takes half of what it is given
    """

    at: int = 0
    what: int | str = errno.EIO
    is_lasting: bool = False
    count: int = 0

    def is_due(self) -> bool:
        """Whether this call fails."""
        self.count += 1
        return self.at > 0 and (self.count == self.at or (self.is_lasting and self.count > self.at))

    def fail_segment(self) -> bool:
        """Raises, or says that the write is to be short."""
        if not self.is_due():
            return False
        if isinstance(self.what, int):
            raise OSError(self.what, os.strerror(self.what))
        return True

    def fail_index(self) -> None:
        """Raises as SQLite says it."""
        if self.is_due() and isinstance(self.what, int):
            raise apsw.FullError if self.what == errno.ENOSPC else apsw.IOError


class FailingOs:
    """`os` as the segments know it."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def pwritev(self, handle: int, chunks: Sequence[bytes], offset: int) -> int:
        """Half of it when it is short."""
        whole = b"".join(chunks)
        return os.pwrite(handle, whole[: len(whole) // 2] if self._layer.fail_segment() else whole, offset)

    def pwrite(self, handle: int, chunk: bytes, offset: int) -> int:
        """As above, at least one octet."""
        return os.pwrite(handle, chunk[: len(chunk) // 2 + 1] if self._layer.fail_segment() else chunk, offset)

    def ftruncate(self, handle: int, length: int) -> None:
        """May fail."""
        self._layer.fail_segment()
        os.ftruncate(handle, length)

    def fdatasync(self, handle: int) -> None:
        """May fail."""
        self._layer.fail_segment()
        os.fdatasync(handle)

    def fsync(self, handle: int) -> None:
        """May fail."""
        self._layer.fail_segment()
        os.fsync(handle)


class FailingVfs(apsw.VFS):
    """SQLite's files, by default for every connection while it lives."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        super().__init__(VFS_NAME, "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "FailingFile":  # noqa: N802  # apsw's name
        """One file."""
        return FailingFile(self._layer, name, flags)


class FailingFile(apsw.VFSFile):
    """A file that may fail to be written, cut or synced."""

    def __init__(self, layer: Layer, name: Any, flags: list[int]) -> None:
        self._layer = layer
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index()
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index()
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """May fail."""
        self._layer.fail_index()
        super().xSync(flags)
