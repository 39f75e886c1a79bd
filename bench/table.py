"""The table: what each line measures and is asked for, and how it is printed, for a terminal or as `docs/speed.md`."""

import math
import os
import platform
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bench.client import Server

Figures = Mapping[str, Mapping[str, Sequence[float]]]
"""Of each measure and server, every round."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line. `at_least` and `aim` are the design's: ours / theirs, above 1 being better, or of `is_bound` our own
    milliseconds at most."""

    name: str
    unit: str
    take: Callable[[Server], float]
    at_least: float
    aim: float
    is_rate: bool = False
    is_bound: bool = False
    is_ours_alone: bool = False
    rounds: int | None = None
    processes: int = 1

    def tell(self, figures: Figures) -> tuple[str, str, str, str, str, str]:
        """Theirs, ours, their ratio, what is asked, what is aimed at, and whether that is reached."""
        medians = {name: statistics.median(taken) for name, taken in figures[self.name].items()}
        own, theirs = medians["Corneille"], medians.get("Dovecot")
        ratio = None
        if theirs is not None:
            better, worse = (own, theirs) if self.is_rate else (theirs, own)
            ratio = better / worse if worse else math.inf
        mark = "≤ {:g} ms" if self.is_bound else "{:g}"
        if self.is_bound:
            reached = "aim" if own <= self.aim else "yes" if own <= self.at_least else "no"
        else:
            assert ratio is not None, "a ratio has two sides"
            reached = "aim" if ratio >= self.aim else "yes" if ratio >= self.at_least else "no"
        return (
            "" if theirs is None else f"{theirs:.1f}", f"{own:.1f}", "" if ratio is None else f"{ratio:.2f}",
            mark.format(self.at_least), mark.format(self.aim), reached,
        )  # fmt: skip


HEADS = ("measure", "Dovecot", "Corneille", "unit", "ratio", "at least", "aim", "reached")
NOTE = "Medians; ratio above 1: ours is better. IMAP over TLS on both; Dovecot: mdbox, mail_fsync=always."
PAGE = """# Speed

Printed by `bench/run --markdown docs/speed.md` on {day:%d %B %Y}, beside Dovecot of Debian on the same machine ({machine}):
{sizes}. {note}
*Reached*: what is asked at least, or the aim too. Reception by SMTP beside Postfix is not measured here; how costs grow with
the mail that is kept, and what stays below what is asked for and why, stand in [testing.md](testing.md).

"""


def format_table(lines: Sequence[Measure], figures: Figures) -> str:
    """For a terminal."""
    row = "{:<28} {:>10} {:>10} {:<11} {:>7} {:>9} {:>9} {:>8}\n"
    rows = "".join(row.format(*cells) for cells in (HEADS, *_list_cells(lines, figures)))
    return f"{rows}{NOTE}\n"


def format_page(lines: Sequence[Measure], figures: Figures, sizes: str, day: date) -> str:
    """The page, whole."""
    cells = (HEADS, ("---", "--:", "--:", "---", "--:", "--:", "--:", "---"), *_list_cells(lines, figures))
    head = PAGE.format(day=day, machine=f"{os.cpu_count()} processors, {platform.machine()}", sizes=sizes, note=NOTE)
    return head + "".join(f"| {' | '.join(each)} |\n" for each in cells)


def _list_cells(lines: Sequence[Measure], figures: Figures) -> Iterator[tuple[str, ...]]:
    for line in lines:
        theirs, own, *rest = line.tell(figures)
        yield line.name, theirs, own, line.unit, *rest
