"""Prints the test files of `./check`, as many as its time allows: `python -m tools.quick`.

First those that concern what was edited since the last commit, then those whose tests are quickest. What each file
takes stands in `tests/seconds.txt`, which `python -m tools.quick --report JUNIT.xml` writes from a run's report.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "seconds.txt"
BUDGET_S = 150.0
"""Of two processes together: with lint, types and the collection of tests it stays below three minutes."""
UNKNOWN_S = 5.0
"""Of a file that no report told yet."""
APART = ("tests/journeys/", "tests/peers/")
"""They start servers and browsers: `./test` runs them."""


class Took(NamedTuple):
    """What a test file takes in all, on a quiet machine, and among how many tests."""

    seconds: float
    tests: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.quick", description=__doc__)
    parser.add_argument("--report", type=Path, help="writes tests/seconds.txt from this report of pytest --junitxml")
    options = parser.parse_args()
    if options.report:
        KEPT.write_text(format_seconds(read_report(options.report)))
        return 0
    files = [each.relative_to(ROOT).as_posix() for each in ROOT.glob("tests/**/test_*.py")]
    took, edited = read_seconds(KEPT.read_text()), list_edited()
    concerned = {each for each in files if concerns(each, (ROOT / each).read_text(), edited)}
    chosen = choose([each for each in files if not each.startswith(APART)], took, concerned)
    sys.stderr.write(
        f"{sum(took[each].tests for each in chosen if each in took)} tests in {len(chosen)} of {len(files)} files;"
        f" {len(concerned & {*chosen})} of the {len(concerned)} files that concern what was edited\n"
    )
    sys.stdout.write("\n".join(chosen) + "\n")
    return 0


def choose(files: Iterable[str], took: Mapping[str, Took], concerned: set[str]) -> list[str]:
    """The files that fit into the time, in the order they were chosen."""

    def rank(file: str) -> tuple[bool, float, str]:
        seconds, tests = took.get(file, Took(UNKNOWN_S, 1))
        return file not in concerned, seconds / max(tests, 1), file

    chosen, left_s = list[str](), BUDGET_S
    for file in sorted(files, key=rank):
        seconds = took[file].seconds if file in took else UNKNOWN_S
        if seconds <= left_s:
            chosen.append(file)
            left_s -= seconds
    return chosen


def concerns(file: str, source: str, edited: Iterable[str]) -> bool:
    """Whether a test file was edited itself, imports an edited module by its name, or stands in the folder of tests that
    mirrors an edited template's or script's.
    """
    edited = set(edited)
    if file in edited:
        return True
    named = {each.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for each in edited if each[-3:] == ".py"}
    if named and not named.isdisjoint(_list_imports(source)):
        return True
    mirrored = Path("corneille", *Path(file).parent.parts[1:])
    return any(Path(each).is_relative_to(mirrored) for each in edited if each[-3:] != ".py") and len(mirrored.parts) > 2


def _list_imports(source: str) -> Iterable[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def list_edited() -> list[str]:
    """Files that differ from the last commit, and new ones."""
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all", "--no-renames", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [each[3:] for each in told.stdout.split("\0") if each]


def read_report(report: Path) -> dict[str, Took]:
    """What each test file took, by a report of pytest in JUnit's format (`-o junit_family=xunit1`)."""
    took: dict[str, Took] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        seconds, tests = took.get(file := case.attrib["file"], Took(0.0, 0))
        took[file] = Took(seconds + float(case.attrib["time"]), tests + 1)
    return took


def format_seconds(took: Mapping[str, Took]) -> str:
    return "".join(f"{each.seconds:.1f} {each.tests} {file}\n" for file, each in sorted(took.items()))


def read_seconds(text: str) -> dict[str, Took]:
    rows = (line.split(" ", 2) for line in text.splitlines())
    return {file: Took(float(seconds), int(tests)) for seconds, tests, file in rows}


if __name__ == "__main__":
    sys.exit(main())
