"""The page of differences is what the tables say."""

from pathlib import Path

from tests.peers.beside.document import format_page


def test_the_page_is_current() -> None:
    page = Path(__file__).resolve().parents[3] / "docs/differences.md"
    assert page.read_text() == format_page(), "run: .venv/bin/python -m tests.peers.beside.document > docs/differences.md"
