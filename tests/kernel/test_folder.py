"""A folder's name is on the disk before anything is put into it."""

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
