"""A folder's name is on the disk before anything is put into it."""

import errno
import os
from pathlib import Path

import pytest

from corneille.kernel.folder import make_folder


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose names were made durable."""
    done: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda handle: done.append(Path(f"/proc/self/fd/{handle}").readlink()))
    return done


def test_each_folder_that_is_made_is_durable(tmp_path: Path, synced: list[Path]) -> None:
    make_folder(tmp_path / "a/b/c")
    assert (tmp_path / "a/b/c").is_dir()
    assert synced[-3:] == [tmp_path, tmp_path / "a", tmp_path / "a/b"]


def test_so_is_one_that_another_process_has_just_made(tmp_path: Path, synced: list[Path]) -> None:
    (tmp_path / "a").mkdir()
    make_folder(tmp_path / "a")
    assert synced == [tmp_path]


@pytest.mark.parametrize("why", [errno.EACCES, errno.EINVAL, errno.EROFS])
def test_one_that_stands_where_nothing_is_synced_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(os, "fsync", refuse)
    make_folder(tmp_path)
    with pytest.raises(OSError, match=os.strerror(why)):
        make_folder(tmp_path / "a")


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        make_folder(tmp_path)
