"""The page of the metrics is printed from their declarations."""

from pathlib import Path

import corneille
from tools.metrics import format_table


def test_the_page_is_that_of_the_declarations() -> None:
    page = Path(corneille.__file__).parent.parent / "docs/metrics.md"
    assert page.read_text(encoding="utf-8") == format_table(), "print it again: python -m tools.metrics > docs/metrics.md"
