from pathlib import Path

import pytest

from corneille.kernel.blobs import Blobs
from corneille.kernel.refusal import Gone


def test_a_content_comes_back_byte_for_byte_under_its_digest(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    content = bytes(range(256)) * 3
    assert Blobs(tmp_path).read(blobs.add(content)) == content


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert blobs.add(b"one") == blobs.add(b"one")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_was_dropped_is_gone(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blob = blobs.add(b"one")
    blobs.drop(blob)
    blobs.drop(blob)
    with pytest.raises(Gone):
        blobs.read(blob)
