"""Contents under their digest: what a queue or a page keeps outside the mail store. Files by default."""

import hashlib
import os
from pathlib import Path

from corneille.kernel.folder import make_folder, sync_folder
from corneille.kernel.ids import BlobId
from corneille.kernel.refusal import Gone


class Blobs:
    """A folder of contents, each written once and named by its SHA-256."""

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        self._folder = folder

    def add(self, content: bytes) -> BlobId:
        """Keeps the content durably (file and folder synced) before it returns."""
        blob = BlobId(hashlib.sha256(content).hexdigest())
        path = self._path(blob)
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}-{os.urandom(6).hex()}")
            try:
                with fresh.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
        sync_folder(path.parent)  # also where it was there: who put it there may not have come so far yet
        sync_folder(self._folder)
        return blob

    def read(self, blob: BlobId) -> bytes:
        """The whole content. Raises Gone when it has been dropped."""
        try:
            return self._path(blob).read_bytes()
        except FileNotFoundError:
            raise Gone(blob=blob) from None

    def drop(self, blob: BlobId) -> None:
        """Removes the content; dropping twice is no fault."""
        self._path(blob).unlink(missing_ok=True)

    def _path(self, blob: BlobId) -> Path:
        return self._folder / blob[:2] / blob


_blobs: Blobs | None = None


def install(blobs: Blobs) -> None:
    """Makes `blobs` the ones this process uses; only the room `run` and tests call it."""
    global _blobs  # noqa: PLW0603  # one per process is the point
    _blobs = blobs


def current() -> Blobs:
    """The installation's blobs."""
    assert _blobs is not None, "blobs are installed by run before anything keeps one"
    return _blobs
