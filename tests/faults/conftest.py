"""A disk that is soon full."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

DISK_BYTES = 12 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        # No skip: where nobody looks, it would read as if a full disk had been tried.
        told = mounted.stderr.decode().strip()
        pytest.fail(f"a small file system cannot be mounted ({told}): run as root, or leave these tests out by name")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # a test that failed may have left files open
