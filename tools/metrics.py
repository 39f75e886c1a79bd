"""Prints docs/metrics.md from the declared numbers: python -m tools.metrics > docs/metrics.md."""

import sys

from corneille.kernel.metrics import PREFIX, list_declared

HEAD = """# Metrics

What `[metrics] port` answers at `/metrics`, in the form that Prometheus reads; printed by `python -m tools.metrics`. The
address is the loopback's unless `[metrics] host` says otherwise: nothing here names a person, but it is nobody's business.
With several processes, process N answers at port + N: add their counters; the gauges, but for `connections` and
`newcomers_waiting`, are those of the whole installation and the same at each.

| name | kind | labels | what |
|---|---|---|---|
"""


def format_table() -> str:
    """The page."""
    lines = []
    for each in list_declared():
        name = f"{PREFIX}{each.name}" + ("_total" if each.kind == "counter" else "")
        lines.append(f"| `{name}` | {each.kind} | {', '.join(each.labels)} | {each.told} |\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(format_table())
