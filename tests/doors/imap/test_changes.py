"""What one session does, another is told, when it may be."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def both(client: Client, other: Client) -> tuple[Client, Client]:
    for subject in "abc":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    return client, other


def test_new_mail_is_announced(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.append(message("d"))
    assert mine.ok(b"NOOP").untagged == [b"* 4 EXISTS"]
    assert mine.ok(b"FETCH 4 UID").untagged == [b"* 4 FETCH (UID 4)"]


def test_flags_changed_elsewhere_are_announced(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 2 +FLAGS (\\Seen)")
    assert mine.ok(b"NOOP").untagged == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))"]
    assert mine.ok(b"NOOP").untagged == []


def test_expunge_in_another_session_is_announced(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 2 +FLAGS (\\Deleted)")
    theirs.ok(b"EXPUNGE")
    assert mine.ok(b"NOOP").untagged == [b"* 2 EXPUNGE"]


def test_no_number_moves_during_fetch_store_and_search(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 1 +FLAGS (\\Deleted)")
    mine.ok(b"NOOP")
    theirs.ok(b"EXPUNGE")
    theirs.append(message("d"))
    assert mine.ok(b"FETCH 3 UID").untagged == [b"* 3 FETCH (UID 3)", b"* 4 EXISTS"]
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)").untagged == []
    assert mine.ok(b"SEARCH SEEN").untagged == [b"* SEARCH 3"]
    assert mine.command(b"FETCH 1 FLAGS").text.startswith("[EXPUNGEISSUED]")
    assert mine.ok(b"UID FETCH 3 UID").untagged == [b"* 3 FETCH (UID 3)", b"* 1 EXPUNGE"]
    assert mine.ok(b"FETCH 1:* UID").untagged == [b"* 1 FETCH (UID 2)", b"* 2 FETCH (UID 3)", b"* 3 FETCH (UID 4)"]


def test_a_silent_store_still_tells_what_others_did(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"STORE 1 +FLAGS.SILENT (\\Flagged)")
    theirs.ok(b"STORE 1 +FLAGS (\\Seen)")
    assert mine.ok(b"NOOP").untagged == [b"* 1 FETCH (UID 1 FLAGS (\\Flagged \\Seen))"]


def test_what_came_and_went_meanwhile_is_never_told(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.append(message("d"), flags=b"(\\Deleted)")
    theirs.ok(b"EXPUNGE")
    assert mine.ok(b"NOOP").untagged == []
    theirs.append(message("e"))
    assert mine.ok(b"NOOP").untagged == [b"* 4 EXISTS"]
    assert mine.ok(b"FETCH 4 UID").untagged == [b"* 4 FETCH (UID 5)"]


def test_a_search_that_misses_what_went_says_why(client: Client, other: Client) -> None:
    for subject in ("a", "b"):
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    reply = client.ok(b"SEARCH ALL")
    assert (reply.one(b"* SEARCH"), reply.text) == (b"* SEARCH 2", "[EXPUNGEISSUED] SEARCH done")
    assert client.ok(b"UID SEARCH ALL").text == "SEARCH done"
