"""A minute of fuzzing, always the same one; `python -m tests.fuzz --minutes 60` goes on where this ends."""

from itertools import chain
from random import Random

import pytest

from tests.fuzz.found import FOUND
from tests.fuzz.fuzzer import Fuzzer
from tests.fuzz.judge import Finding, judge, judge_growth, judge_memory
from tests.fuzz.mutate import TOKENS
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

RUN_COUNT = 200
TOKEN_STRIDE = 8


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_grammar(name: str) -> None:
    fuzzer = Fuzzer(TARGETS[name], Random(f"2026 {name}"))
    tokens = TOKENS[len(name) % TOKEN_STRIDE :: TOKEN_STRIDE]
    findings = list(chain(fuzzer.try_seeds(), fuzzer.try_tokens(tokens), fuzzer.try_some(RUN_COUNT)))
    assert findings == [], "\n".join(f"{each.kind} {each.where}: {each.content[:200]!r}\n{each.told}" for each in findings)


@pytest.mark.parametrize(("name", "content"), FOUND, ids=range(len(FOUND)))
def test_what_was_found_stays_mended(name: str, content: bytes) -> None:
    finding = judge(TARGETS[name], content)
    assert finding is None, finding


def _raise(content: bytes) -> None:
    if b"\0" in content:
        raise ValueError(content)


def _hoard(content: bytes) -> list[bytes]:
    return [content * 2 for _ in range(400)]


def _loop(content: bytes) -> None:
    while content:
        pass


def kinds(found: "list[Finding]") -> set[str]:
    return {each.kind for each in found}


def test_a_grammar_that_raises_is_found() -> None:
    fuzzer = Fuzzer(Target("raise", _raise, [b"abc"]), Random(1))
    assert kinds(list(fuzzer.try_some(200))) == {"raises"}


@pytest.mark.parametrize(("power", "kind"), [(1, None), (2, "superlinear")])
def test_a_grammar_that_takes_the_square_of_time_is_found(
    power: int, kind: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent_s = [0.0]

    def take(content: bytes) -> None:
        spent_s[0] += (len(content) / 1000) ** power

    monkeypatch.setattr("tests.fuzz.judge.process_time", lambda: spent_s[0])
    finding = judge_growth(Target("square", take, [b"abc"], 32 * 1024), b"", b"a", b"")
    assert (finding.kind if finding is not None else None) == kind


def test_a_grammar_that_hoards_is_found() -> None:
    finding = judge_memory(Target("hoard", _hoard, [b"abc"]), b"a" * 60_000)
    assert finding is not None
    assert finding.kind == "memory"


def test_a_grammar_that_never_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.judge.END_S", 0.2)
    finding = judge(Target("loop", _loop, [b"abc"]), b"a")
    assert finding is not None
    assert finding.kind == "endless"
