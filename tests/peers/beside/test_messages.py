"""The same messages in both servers: every FETCH item gives the same value, or a row says why not."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.doors.imap.conversation import Client, Door
from tests.peers.beside.both import PATIENCE_S, Both, serve_both
from tests.peers.beside.difference import Difference, RecordProperty, settle
from tests.peers.beside.fetching import read_everything
from tests.peers.beside.kept import check_kept
from tests.peers.beside.messages import PUBLIC, own_messages, public_messages
from tests.peers.beside.rows_fetch import PUBLIC_ROWS, ROWS
from tests.peers.beside.values import Items

pytestmark = pytest.mark.slow


def read_mailbox(door: Door, messages: Mapping[str, bytes], mailbox: bytes) -> dict[str, Items]:
    """Files the messages and reads each. A server that closes the connection meanwhile says CLOSED of that message."""
    client = enter(door)
    client.ok(b"CREATE " + mailbox)
    for content in messages.values():
        client.append(content, mailbox)
    client.ok(b"SELECT " + mailbox)
    answers: dict[str, Items] = {}
    for number, name in enumerate(messages, 1):
        try:
            answers[name] = read_everything(client, number)
        except EOFError:
            client.close()
            answers[name] = {"CONNECTION": "CLOSED"}
            client = enter(door)
            client.ok(b"SELECT " + mailbox)
    client.close()
    return answers


def enter(door: Door) -> Client:
    client = Client(door)
    client.socket.settimeout(PATIENCE_S)
    return client.log_in()


def compare(both: Both, messages: Mapping[str, bytes], mailbox: bytes) -> list[Difference]:
    ours, theirs = (read_mailbox(door, messages, mailbox) for door in (both.ours, both.theirs))
    return [
        difference
        for name in messages
        for item in sorted(ours[name].keys() | theirs[name].keys())
        if (difference := Difference(item, name, ours[name].get(item), theirs[name].get(item))).ours != difference.theirs
    ]


@pytest.fixture(scope="module")
def both(migrated: Path) -> Iterator[Both]:
    with serve_both(migrated) as served:
        yield served


def test_our_corpus_and_made_messages_are_fetched_alike(both: Both, record_property: RecordProperty) -> None:
    messages = own_messages()
    differences = compare(both, messages, b"own")
    found = settle(differences, ROWS)
    check_kept("fetching", differences)
    record_property("counted", f"{len(messages)} messages: {found}")


def test_public_messages_are_fetched_alike(both: Both, record_property: RecordProperty) -> None:
    messages = public_messages()
    if not messages:
        pytest.skip(f"no corpus beside the repository ({PUBLIC}): this extra pass is left out")
    found = settle(compare(both, messages, b"public"), [*ROWS, *PUBLIC_ROWS], must_use=False)
    record_property("counted", f"{len(messages)} public messages: {found}")
