"""Conversations about flags, expunging, copies, CONDSTORE, QRESYNC, saved results and mailboxes, held with both servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.beside import conversations
from tests.peers.beside.both import Both, serve_both
from tests.peers.beside.difference import RecordProperty, settle
from tests.peers.beside.kept import check_kept
from tests.peers.beside.rows_change import ROWS
from tests.peers.beside.steps import hold

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(migrated: Path) -> Iterator[Both]:
    with serve_both(migrated) as served:
        yield served


@pytest.mark.parametrize("name", ROWS)
def test_a_conversation_goes_alike(both: Both, name: str, record_property: RecordProperty) -> None:
    steps = getattr(conversations, name)
    differences = hold(both.ours, both.theirs, steps)
    found = settle(differences, ROWS[name])
    check_kept(name.lower(), differences)
    record_property("counted", f"{len(steps)} steps: {found}")
