"""Writes letters that hold codes: only who makes them can read the file."""

import os
from pathlib import Path


def write_letters(path: Path, content: bytes) -> None:
    """Writes the PDF, mode 0600."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
