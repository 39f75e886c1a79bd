"""The secrets of this installation, in one file that only its owner reads (mode 0600).

Each purpose has its own keys, with ids, so that a key can be replaced while what the older one signed is still
recognised. The file is part of every backup.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corneille.kernel.folder import sync_folder
from corneille.kernel.settings import SettingsRefused

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """One secret of one purpose; the newest has the highest id."""

    id: int
    secret: bytes


class Keys:
    """The opened key file: purposes and their keys, newest first."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._purposes: dict[str, list[Key]] = {}
        if file.exists():
            self._read()

    def newest(self, purpose: str) -> Key:
        """The key to sign with; made, and written down durably, the first time a purpose asks for one."""
        if purpose not in self._purposes:
            with self._alone():
                if purpose not in self._purposes:
                    self._purposes[purpose] = [Key(1, secrets.token_bytes(KEY_BYTES))]
                    self._write()
        return self._purposes[purpose][0]

    def all(self, purpose: str) -> list[Key]:
        """Every key that may have signed something still valid, newest first."""
        self.newest(purpose)
        return list(self._purposes[purpose])

    def rotate(self, purpose: str) -> Key:
        """Makes a new newest key; older ones stay until `corneille` drops them."""
        self.newest(purpose)
        with self._alone():
            key = Key(self._purposes[purpose][0].id + 1, secrets.token_bytes(KEY_BYTES))
            self._purposes[purpose].insert(0, key)
            self._write()
        return key

    def mac(self, purpose: str, *fields: bytes) -> bytes:
        """HMAC-SHA256 of the fields with the purpose's newest key; fields cannot run into one another."""
        return keyed_hash(self.newest(purpose).secret, *fields)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else, thread or process, changes the file meanwhile; what others wrote before is known inside."""
        with self._lock, self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._file.exists():
                self._read()
            yield

    def _read(self) -> None:
        mode = self._file.stat().st_mode & 0o777
        if mode & 0o077:
            raise SettingsRefused(f"{self._file}: others can read it (mode {mode:o}); make it 600")
        written: dict[str, list[dict[str, Any]]] = json.loads(self._file.read_text(encoding="ascii"))
        for purpose, keys in written.items():
            self._purposes[purpose] = [Key(key["id"], bytes.fromhex(key["secret"])) for key in keys]

    def _write(self) -> None:
        written = {
            purpose: [{"id": key.id, "secret": key.secret.hex()} for key in keys]
            for purpose, keys in self._purposes.items()
        }
        fresh = self._file.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            json.dump(written, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self._file)
        sync_folder(self._file.parent)


def keyed_hash(secret: bytes, *fields: bytes) -> bytes:
    """HMAC-SHA256 of length-prefixed fields, 32 bytes."""
    digest = hmac.new(secret, digestmod=hashlib.sha256)
    for field in fields:
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    return digest.digest()


_keys: Keys | None = None


def install(keys: Keys) -> None:
    """Makes `keys` the ones this process uses; only the room `run` and tests call it."""
    global _keys  # noqa: PLW0603  # one key file per process is the point
    _keys = keys


def current() -> Keys:
    """The installation's keys."""
    assert _keys is not None, "keys are installed by run before anything asks for one"
    return _keys


def is_installed() -> bool:
    """Whether this process has been given its keys."""
    return _keys is not None
