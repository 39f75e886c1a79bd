"""A data directory of every tag is opened by today's code."""

import json
import subprocess
from pathlib import Path

import pytest

from corneille.kernel.journal_verify import find_end
from corneille.mail.verify import Finding, verify
from corneille.run.ground import migrate, open_ground
from tests.corpus.old_data import (
    ARCHIVES,
    SUFFIX,
    TOLD_NAME,
    describe,
    describe_agenda,
    describe_position,
    describe_queue,
    unpack,
)

ARCHIVED = sorted(ARCHIVES.glob(f"*{SUFFIX}"))


def list_tags() -> list[str]:
    told = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=Path(__file__).parent, check=False, capture_output=True, text=True
    )
    return told.stdout.split()  # none in an archive of the source


def test_every_tag_left_a_data_directory() -> None:
    missing = set(list_tags()) - {path.name.removesuffix(SUFFIX) for path in ARCHIVED}
    assert not missing, f"check each out and run `python -m tests.corpus.old_data TAG`: {sorted(missing)}"
    assert ARCHIVED


@pytest.mark.parametrize("archive", ARCHIVED, ids=lambda path: path.name)
def test_a_data_directory_of_before_is_opened_whole(archive: Path, tmp_path: Path) -> None:
    unpack(archive, tmp_path / "var")
    told = json.loads((tmp_path / "var" / TOLD_NAME).read_text(encoding="utf-8"))
    ground = open_ground(tmp_path / "var")
    migrate()
    assert describe(told["identifiers"][0]) == told["mail"]
    for identifier in told["identifiers"]:
        assert describe(identifier)
    if "position" in told:  # archives of before November 28, 2026 hold mail of people alone
        assert describe_position(*told["position"]) == told["position_mail"]
        assert describe_queue() == told["queue"]
        assert describe_agenda(told["agenda_of"]) == told["agenda"]
    assert [each for each in verify() if isinstance(each, Finding)] == []
    assert find_end().number > 0
    ground.close()
