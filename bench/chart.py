"""Draws figures against sizes, both on logarithmic scales, as an SVG document for light and dark."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, TOP, LEFT, RIGHT = 820, 240, 56, 60, 300
DASHES = ("", "8 4", "2 4", "10 3 2 3", "4 2", "12 6")
"""Lines differ by their strokes, not only by their colours."""
COLOURS = 6
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c2733}.title{font-weight:600;font-size:14px}.soft{fill:#52606d}"
    ".grid{stroke:#c9d2dc}.line{fill:none;stroke-width:2.5}.c0{stroke:#1f5fae}.c1{stroke:#b3261e}.c2{stroke:#1a7f4b}"
    ".c3{stroke:#8a4fb3}.c4{stroke:#b26a00}.c5{stroke:#37474f}"
    "@media(prefers-color-scheme:dark){svg{background:#12181f}text{fill:#e6ebf1}.soft{fill:#a7b3bf}.grid{stroke:#3a4653}"
    ".c0{stroke:#7db4f5}.c1{stroke:#ff8a80}.c2{stroke:#5fd699}.c3{stroke:#d3a4f2}.c4{stroke:#ffc266}.c5{stroke:#b0bec5}}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure; `points`: (size, figure), both above 0."""

    name: str
    points: Sequence[tuple[int, float]]


def draw_chart(title: str, unit: str, lines: Sequence[Line]) -> str:
    """The SVG document; every figure is in its description too."""
    sizes = [size for line in lines for size, _figure in line.points]
    figures = [figure for line in lines for _size, figure in line.points]
    across, up = _Scale(sizes, LEFT, WIDTH - RIGHT), _Scale(figures, TOP + ROW, TOP)
    told = "; ".join(
        f"{line.name}: " + ", ".join(f"{figure:.1f} {unit} at {size:,}" for size, figure in line.points) for line in lines
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {TOP + ROW + 44}" role="img" '
        f'aria-label="{escape(told, quote=True)}">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        f'<text class="soft" x="{LEFT}" y="42">{escape(unit)} for each message, by the number of messages kept</text>',
        *(
            f'<path class="grid" d="M{LEFT} {up.place(mark):.1f}H{WIDTH - RIGHT}"/>'
            f'<text class="soft" x="{LEFT - 6}" y="{up.place(mark) + 4:.1f}" text-anchor="end">{mark:,}</text>'
            for mark in up.marks
        ),
        *(
            f'<text class="soft" x="{across.place(mark):.1f}" y="{TOP + ROW + 20}" text-anchor="middle">{mark:,}</text>'
            for mark in across.marks
        ),
        *(_draw_line(number, line, across, up) for number, line in enumerate(lines)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Scale:
    """From the power of ten below the smallest to the one above the largest."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(self._low + 1, math.ceil(math.log10(max(values))))
        self._start, self._end = start, end
        self.marks = [10**power for power in range(max(0, self._low), self._high + 1)]

    def place(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _draw_line(number: int, line: Line, across: _Scale, up: _Scale) -> str:
    path = "L".join(f"{across.place(size):.1f} {up.place(figure):.1f}" for size, figure in line.points)
    style = f'class="line c{number % COLOURS}" stroke-dasharray="{DASHES[number % len(DASHES)]}"'
    x, y = WIDTH - RIGHT + 16, TOP + 12 + number * 24
    return (
        f'<path {style} d="M{path}"/><path {style} d="M{x} {y - 4}h28"/>'
        f'<text x="{x + 36}" y="{y}">{escape(line.name)}</text>'
    )
