"""Segments stay where they are while a backup copies them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corneille.kernel.refusal import Busy


@contextmanager
def segments_held(folder: Path, *, alone: bool) -> Iterator[None]:
    """Keeps segments where they are, or everybody else from moving them.

    A backup waits for the one segment that a compaction is at; a compaction (`alone`) does not wait: it comes again.
    raises  Busy
    """
    handle = os.open(folder / "moving", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        yield
    except BlockingIOError:
        raise Busy(why="backup or compaction") from None
    finally:
        os.close(handle)
