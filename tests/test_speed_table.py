"""The bench's table: what is asked of each line, and whether it is reached."""

from datetime import date

import pytest

from bench.client import Server
from bench.table import Measure, format_page, format_table


def take(_server: Server) -> float:
    raise AssertionError("nothing is measured here")


@pytest.mark.parametrize(("measure", "theirs", "own", "told"), [
    (Measure("a", "ms", take, 2, 4), [30.0, 20.0, 10.0], [4.0, 5.0, 6.0], ("20.0", "5.0", "4.00", "2", "4", "aim")),
    (Measure("a", "ms", take, 2, 5), [20.0], [5.0], ("20.0", "5.0", "4.00", "2", "5", "yes")),
    (Measure("a", "per s", take, 1, 2, is_rate=True), [20.0], [10.0], ("20.0", "10.0", "0.50", "1", "2", "no")),
    (Measure("a", "per s", take, 1, 2, is_rate=True), [0.0], [10.0], ("0.0", "10.0", "inf", "1", "2", "aim")),
    (
        Measure("a", "ms", take, 25, 5, is_bound=True), [2.0], [9.0],
        ("2.0", "9.0", "0.22", "\u2264 25 ms", "\u2264 5 ms", "yes"),
    ),
    (Measure("a", "ms", take, 8, 5, is_bound=True), [], [9.0], ("", "9.0", "", "\u2264 8 ms", "\u2264 5 ms", "no")),
])  # fmt: skip
def test_a_line_says_what_is_reached(
    measure: Measure, theirs: list[float], own: list[float], told: tuple[str, ...]
) -> None:
    figures = {"a": {"Corneille": own} | ({"Dovecot": theirs} if theirs else {})}
    assert measure.tell(figures) == told
    assert all(cell in format_table([measure], figures) for cell in told)
    page = format_page([measure], figures, "five messages", date(2026, 3, 2))
    assert f"| a | {told[0]} | {told[1]} | {measure.unit} | {' | '.join(told[2:])} |" in page
    assert "02 March 2026" in page
