"""A few rounds of `python -m tests.faults.kill`, which runs as many as one likes."""

from pathlib import Path

import pytest

from tests.faults.kill import Rounds
from tests.faults.load import Act, Held


@pytest.mark.slow
def test_kills_under_mixed_load_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    rounds = Rounds(tmp_path / "var", seed=2026)
    assert sum(rounds.run().count() for _ in range(4)) > 4


def test_a_uid_that_was_given_before_is_noticed() -> None:
    held = Held()
    held.apply(Act("append", "INBOX", "un", new_uid=3))
    held.apply(Act("expunge", "INBOX", uid=3))
    with pytest.raises(AssertionError, match="given before"):
        held.apply(Act("append", "INBOX", "deux", new_uid=3))
