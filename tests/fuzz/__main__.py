"""`python -m tests.fuzz --minutes 60 [--target NAME …] [--seed N]`: prints what it finds, keeps each input in a folder.

What is found becomes a line of `tests/fuzz/found.py`.
"""

import argparse
import hashlib
import sys
import time
from itertools import chain
from pathlib import Path
from random import Random

from tests.fuzz.fuzzer import Fuzzer
from tests.fuzz.judge import Finding
from tests.fuzz.targets import TARGETS

TURN_COUNT = 300
"""Inputs for one target before the next has its turn."""
REPORT_EVERY_S = 300


def main() -> int:
    """Returns 1 when something was found."""
    told = _parse_arguments()
    fuzzers = [Fuzzer(TARGETS[name], Random(f"{told.seed} {name}")) for name in told.target or TARGETS]
    found: dict[tuple[str, str, str], Finding] = {}
    for fuzzer in fuzzers:
        for finding in chain(fuzzer.try_seeds(), fuzzer.try_tokens()):
            _keep(finding, found, told.found)
    end_s = time.monotonic() + 60 * told.minutes
    report_s = time.monotonic() + REPORT_EVERY_S
    while time.monotonic() < end_s:
        for fuzzer in fuzzers:
            if time.monotonic() > end_s:
                break
            for finding in fuzzer.try_some(TURN_COUNT):
                _keep(finding, found, told.found)
        if time.monotonic() > report_s:
            report_s += REPORT_EVERY_S
            _report(fuzzers, found)
    _report(fuzzers, found)
    return 1 if found else 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS), help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=Path("var/fuzz"), help="the folder for inputs that are findings")
    return parser.parse_args()


def _keep(finding: Finding, found: dict[tuple[str, str, str], Finding], folder: Path) -> None:
    cause = (finding.target, finding.kind, finding.where)
    if cause in found:
        return
    found[cause] = finding
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{finding.target}-{finding.kind}-{hashlib.sha256(finding.content).hexdigest()[:12]}"
    path.write_bytes(finding.content)
    sys.stdout.write(f"FOUND {' '.join(cause)} {path}\n{finding.told}\n")
    sys.stdout.flush()


def _report(fuzzers: list[Fuzzer], found: dict[tuple[str, str, str], Finding]) -> None:
    counts = ", ".join(f"{fuzzer.target.name} {fuzzer.run_count} ({len(fuzzer.kept)})" for fuzzer in fuzzers)
    total = sum(fuzzer.run_count for fuzzer in fuzzers)
    sys.stdout.write(f"{total} inputs, {len(found)} findings; by target (kept): {counts}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
