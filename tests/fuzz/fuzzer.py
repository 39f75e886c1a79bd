"""Throws mutated inputs at one target, and keeps those that reach lines which none before them reached."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from tests.fuzz.judge import Finding, judge, judge_growth, judge_memory
from tests.fuzz.mutate import TOKENS, mutate
from tests.fuzz.target import Target

WATCHED = str(Path(__file__).parents[2] / "corneille")
WATCH_EVERY = 6
"""Watching which lines run costs ten times the run: only one in so many is watched."""
GROW_EVERY = 60
KEPT_COUNT = 2000
SEED_BYTES = 16 * 1024
"""Of a longer seed the beginning is mutated: long ones would leave no time for others."""


class Fuzzer:
    """One target's inputs and what was found; the same random gives the same inputs."""

    def __init__(self, target: Target, random: Random) -> None:
        self.target = target
        self.random = random
        self.run_count = 0
        self.kept = [seed[:SEED_BYTES] for seed in target.seeds] or [b""]
        self._reached: set[tuple[int, int, int]] = set()

    def try_seeds(self) -> Iterator[Finding]:
        """The seeds as they are, whole."""
        for seed in self.target.seeds:
            yield from self._told(judge(self.target, seed))

    def try_tokens(self, tokens: Sequence[bytes] = TOKENS) -> Iterator[Finding]:
        """Each token without end, behind the beginning of a seed."""
        for token in tokens:
            yield from self._told(judge_growth(self.target, self.random.choice(self.kept)[:100], token, b""))

    def try_some(self, count: int) -> Iterator[Finding]:
        """So many mutated inputs."""
        for _ in range(count):
            self.run_count += 1
            content = mutate(self.random, self.random.choice(self.kept), self.kept, self.target.longest_bytes)
            if self.run_count % WATCH_EVERY:
                yield from self._told(judge(self.target, content))
            else:
                yield from self._told(self._watch(content))
            if self.run_count % GROW_EVERY == 0:
                yield from self._told(self._grow(content))

    def _watch(self, content: bytes) -> Finding | None:
        """Judges, and keeps the input when it went where none went before."""
        reached: set[tuple[int, int, int]] = set()
        last = 0

        def trace_line(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal last
            if event == "line":
                reached.add((id(frame.f_code), last, frame.f_lineno))
                last = frame.f_lineno
            return trace_line

        def trace_call(frame: FrameType, event: str, _: Any) -> Any:
            return trace_line if frame.f_code.co_filename.startswith(WATCHED) else None

        before = sys.gettrace()
        sys.settrace(trace_call)
        try:
            finding = judge(self.target, content[:4096])
        finally:
            sys.settrace(before)
        if not reached <= self._reached:
            self._reached |= reached
            self._keep(content[:4096])
        return finding

    def _keep(self, content: bytes) -> None:
        if len(self.kept) < KEPT_COUNT:
            self.kept.append(content)
        else:
            self.kept[self.random.randrange(len(self.kept))] = content

    def _grow(self, content: bytes) -> Finding | None:
        """The input with a piece of it repeated."""
        content = content[:1000]
        begin = self.random.randint(0, len(content))
        end = begin + self.random.choice((1, 2, 3, 8, 20, 80))
        unit = content[begin:end] or b"a"
        if self.random.random() < 0.2:
            whole = content[:begin] + unit * (self.target.longest_bytes // len(unit))
            return judge_memory(self.target, whole[: self.target.longest_bytes])
        return judge_growth(self.target, content[:begin], unit, content[end:])

    def _told(self, finding: Finding | None) -> Iterator[Finding]:
        if finding is not None:
            yield finding
