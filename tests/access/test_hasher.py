"""A stranger's password is checked at a lower priority than everything else in the process."""

import os
import threading

import pytest

from corneille.access import hasher
from corneille.access.hash_budget import Rank
from corneille.run.ground import Ground


@pytest.fixture
def priorities(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The priority (nice) of each thread that checked a password."""
    seen: list[int] = []
    verify = hasher.Hasher._verify

    def spy(self: hasher.Hasher, argon2: str, secret: bytes) -> bool:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return verify(self, argon2, secret)

    monkeypatch.setattr(hasher.Hasher, "_verify", spy)
    return seen


def test_strangers_yield_to_known_devices(ground: Ground, priorities: list[int]) -> None:
    current = hasher.current()
    kept = current.hash(b"right")
    assert current.is_right(kept, b"right", Rank.STRANGER)
    assert not current.is_right(kept, b"wrong", Rank.STRANGER)
    assert not current.is_right(None, b"right", Rank.STRANGER)
    assert current.is_right(kept, b"right", Rank.KNOWN_DEVICE)
    strangers, known = priorities[:3], priorities[3]
    assert all(each - known == hasher.STRANGERS_NICER for each in strangers)
