"""Each test that `docs/access.md` names against a fault of other systems exists."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
TABLE = (TESTS.parent / "docs" / "access.md").read_text().partition("| fault | test |")[2]


def test_the_table_names_files_that_exist() -> None:
    named = re.findall(r"`([a-z_/]+)`", TABLE)
    assert named
    for each in named:
        found = [folder / each for folder in (TESTS, TESTS / "access")]
        assert any(path.with_suffix(".py").exists() or path.is_dir() for path in found), each


def test_the_table_names_tests_that_exist() -> None:
    written = "\n".join(path.read_text() for path in TESTS.rglob("test_*.py"))
    named = re.findall(r"\*([a-z_]+)\*", TABLE)
    assert named
    assert [each for each in named if f"def test_{each}" not in written] == []
