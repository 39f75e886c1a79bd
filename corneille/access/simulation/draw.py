"""Draws a report: for each hour, the attackers' guesses that were looked at and those refused before any look, on a
logarithmic scale; above, each time an owner signed in, with what came of it. Shapes differ, not only colours."""

import math
from datetime import datetime
from html import escape

from corneille.access.simulation.replay import IN, SECOND, WAIT, Report

WIDTH, HEIGHT, LEFT, TOP, BASE = 720, 300, 52, 66, 262
STEP = (WIDTH - LEFT - 12) / 24
TOP_EXPONENT = 4
"""The scale ends at ten thousand tries an hour."""
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c2733}.soft{fill:#52606d}.title{font-weight:600;font-size:14px}"
    ".line{stroke:#c9d2dc}.looked{fill:#b3261e}.refused{fill:#b8c4d0}.in{fill:#1a7f4b}.second{fill:#b26a00}.wait{fill:#b3261e}"
    "@media(prefers-color-scheme:dark){text{fill:#e6ebf1}.soft{fill:#a7b3bf}.line{stroke:#3a4653}.looked{fill:#ff8a80}"
    ".refused{fill:#4d5a68}.in{fill:#5fd699}.second{fill:#ffc266}.wait{fill:#ff8a80}}"
)


def draw_svg(title: str, report: Report) -> str:
    """The drawing as an SVG document of its own, for light and dark."""
    looked, refused = report.looked_at_count, report.tried_count - report.looked_at_count
    told = (
        f"{title}: {looked} of {report.tried_count} guesses looked at; owners let in {report.count_owners(IN)} times, "
        f"asked a second proof {report.count_owners(SECOND)} times, made to wait {report.count_owners(WAIT)} times."
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="20">{escape(title)}</text>',
        f'<text class="soft" x="{LEFT}" y="38">attackers: {looked} looked at · {refused} refused before any look</text>',
        *_draw_legend(),
        *_draw_scale(),
        *(_draw_hour(hour, *counts) for hour, counts in enumerate(report.by_hour)),
        *(_draw_owner(event.at, event.outcome) for event in report.owner_events),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def draw_text(report: Report) -> str:
    """The same as two lines of blocks for a terminal: one character an hour."""
    blocks = " ▁▂▃▄▅▆▇█"
    rows = []
    for name, index in (("looked at", 0), ("refused", 1)):
        cells = [blocks[min(8, math.ceil(_scale(counts[index]) * 8))] for counts in report.by_hour]
        rows.append(f"  {name:10}│{''.join(cells)}│")
    return "\n".join(rows)


def _scale(count: int) -> float:
    """0 for none, 1 at the top of the scale."""
    return 0.0 if count <= 0 else min(1.0, (math.log10(count) + 1) / (TOP_EXPONENT + 1))


def _draw_legend() -> list[str]:
    x = WIDTH - 276
    words = (
        ("looked at", 14, 20), ("refused", 98, 20), ("owner in", 14, 38), ("second proof", 98, 38), ("has to wait", 204, 38),
    )  # fmt: skip
    return [
        f'<rect class="looked" x="{x}" y="11" width="9" height="9"/>',
        f'<rect class="refused" x="{x + 84}" y="11" width="9" height="9"/>',
        f'<circle class="in" cx="{x + 4}" cy="34" r="4"/>',
        f'<path class="second" d="M{x + 88} 28l6 6l-6 6l-6 -6z"/>',
        f'<path class="wait" d="M{x + 190} 29h10v10h-10z"/>',
        *(f'<text class="soft" x="{x + right}" y="{y}">{word}</text>' for word, right, y in words),
    ]


def _draw_scale() -> list[str]:
    parts = []
    for exponent in range(TOP_EXPONENT + 1):
        y = BASE - (BASE - TOP) * _scale(10**exponent)
        parts.append(f'<line class="line" x1="{LEFT}" x2="{WIDTH - 12}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="soft" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**exponent}</text>')
    for hour in range(0, 25, 6):
        parts.append(f'<text class="soft" x="{LEFT + hour * STEP:.1f}" y="{BASE + 18}" text-anchor="middle">{hour} h</text>')
    return parts


def _draw_hour(hour: int, looked: int, refused: int) -> str:
    x, parts = LEFT + hour * STEP, []
    for kind, count, shift in (("refused", refused, 0.5), ("looked", looked, 0.08)):
        height = (BASE - TOP) * _scale(count)
        if height:
            place = f'x="{x + STEP * shift:.1f}" y="{BASE - height:.1f}" width="{STEP * 0.4:.1f}" height="{height:.1f}"'
            parts.append(f'<rect class="{kind}" {place}/>')
    return "".join(parts)


def _draw_owner(at: datetime, outcome: str) -> str:
    x, y = LEFT + (at.hour + at.minute / 60) * STEP, 52
    if outcome == IN:
        return f'<circle class="in" cx="{x:.1f}" cy="{y}" r="4"/>'
    if outcome == SECOND:
        return f'<path class="second" d="M{x:.1f} {y - 6}l6 6l-6 6l-6 -6z"/>'
    return f'<path class="wait" d="M{x - 5:.1f} {y - 5}h10v10h-10z"/>'
