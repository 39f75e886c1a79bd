"""The same mailbox in both servers: SEARCH, SORT and THREAD choose the same messages in the same order."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.peers.beside.both import Both, Pair, serve_both
from tests.peers.beside.difference import RecordProperty, settle
from tests.peers.beside.finding import arguments_of, compare_findings, find_everything
from tests.peers.beside.kept import check_kept
from tests.peers.beside.messages import PUBLIC, own_messages, public_messages
from tests.peers.beside.rows_find import PUBLIC_ROWS, ROWS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(migrated: Path) -> Iterator[Both]:
    with serve_both(migrated) as served:
        yield served


@pytest.fixture
def pair(both: Both) -> Iterator[Pair]:
    with both.clients() as clients:
        yield clients


def fill(pair: Pair, mailbox: bytes, messages: Mapping[str, bytes]) -> list[str]:
    """Files the messages in a new mailbox and opens it; their names in order."""
    pair.ok(b"CREATE " + mailbox)
    for place, content in enumerate(messages.values()):
        pair.append(content, arguments_of(place), mailbox)
    pair.ok(b"SELECT " + mailbox)
    return list(messages)


def test_our_corpus_is_searched_sorted_and_threaded_alike(pair: Pair, record_property: RecordProperty) -> None:
    names = fill(pair, b"own", own_messages())
    ours, theirs = find_everything(pair.ours), find_everything(pair.theirs)
    differences = list(compare_findings(ours, theirs, names))
    found = settle(differences, ROWS)
    check_kept("finding", differences)
    record_property("counted", f"{len(ours)} questions of {len(names)} messages: {found}")


def test_public_messages_are_searched_sorted_and_threaded_alike(pair: Pair, record_property: RecordProperty) -> None:
    messages = public_messages()
    if not messages:
        pytest.skip(f"no corpus beside the repository ({PUBLIC}): this extra pass is left out")
    names = fill(pair, b"public", messages)
    ours, theirs = find_everything(pair.ours), find_everything(pair.theirs)
    found = settle(compare_findings(ours, theirs, names), [*ROWS, *PUBLIC_ROWS], must_use=False)
    record_property("counted", f"{len(ours)} questions of {len(names)} public messages: {found}")
