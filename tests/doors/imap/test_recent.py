"""RECENT and \\Recent (RFC 3501 §2.3.2): each message in one session."""

import pytest

from tests.doors.imap.conversation import Client, Door, message


@pytest.fixture
def client(client: Client) -> Client:
    client.shows_recent = True
    return client


@pytest.fixture
def other(other: Client) -> Client:
    other.shows_recent = True
    return other


def count_recent(client: Client) -> bytes:
    return client.ok(b"STATUS INBOX (RECENT)").one(b"STATUS")


def test_the_first_session_has_it_and_the_next_has_not(client: Client, other: Client) -> None:
    client.append(message("a"))
    client.append(message("b"), flags=b"(\\Seen)")
    assert count_recent(client) == b"* STATUS INBOX (RECENT 2)"
    assert b"* 2 RECENT" in client.ok(b"SELECT INBOX").untagged
    assert client.ok(b"FETCH 1:2 FLAGS").untagged == [
        b"* 1 FETCH (FLAGS (\\Recent))", b"* 2 FETCH (FLAGS (\\Recent \\Seen))"
    ]
    assert client.ok(b"SEARCH NEW").untagged == [b"* SEARCH 1"]
    assert b"* 0 RECENT" in other.ok(b"SELECT INBOX").untagged
    assert other.ok(b"FETCH 1 (FLAGS UID)").untagged == [b"* 1 FETCH (FLAGS () UID 1)"]
    assert other.ok(b"SEARCH RECENT").untagged == [b"* SEARCH"]
    assert other.ok(b"SEARCH OLD").untagged == [b"* SEARCH 1 2"]


def test_whoever_is_told_first_of_new_mail_has_it(client: Client, other: Client) -> None:
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    client.append(message("a"))
    assert client.ok(b"NOOP").untagged == []  # APPEND had told
    assert other.ok(b"NOOP").untagged == [b"* 1 EXISTS", b"* 0 RECENT"]
    other.append(message("b"))
    assert client.ok(b"NOOP").untagged == [b"* 2 EXISTS", b"* 1 RECENT"]
    assert other.ok(b"FETCH 2 (UID FLAGS INTERNALDATE)").one(b"FETCH").startswith(b"* 2 FETCH (UID 2 FLAGS (\\Recent) ")
    assert other.ok(b"STORE 2 +FLAGS (\\Flagged)").untagged == [b"* 2 FETCH (FLAGS (\\Recent \\Flagged))"]
    assert client.ok(b"NOOP").untagged == [b"* 2 FETCH (UID 2 FLAGS (\\Flagged))"]
    assert other.ok(b"FETCH 1:2 FLAGS").untagged == [
        b"* 1 FETCH (FLAGS ())", b"* 2 FETCH (FLAGS (\\Recent \\Flagged))"
    ]


def test_examine_leaves_it(client: Client) -> None:
    client.append(message())
    assert b"* 1 RECENT" in client.ok(b"EXAMINE INBOX").untagged
    client.append(message())
    assert client.ok(b"FETCH 1:2 FLAGS").untagged == [b"* %d FETCH (FLAGS (\\Recent))" % number for number in (1, 2)]
    assert count_recent(client) == b"* STATUS INBOX (RECENT 2)"


def test_it_is_gone_for_good_with_the_session(client: Client, door: Door) -> None:
    client.append(message())
    client.ok(b"SELECT INBOX")
    client.ok(b"CLOSE")
    assert count_recent(client) == b"* STATUS INBOX (RECENT 0)"
    assert b"* 0 RECENT" in client.ok(b"SELECT INBOX").untagged


def test_what_was_expunged_is_not_counted(client: Client) -> None:
    for each in ("a", "b", "c"):
        client.append(message(each), flags=b"(\\Deleted)")
    client.ok(b"SELECT INBOX")
    client.ok(b"UID EXPUNGE 2")
    client.append(message("d"))
    assert client.ok(b"NOOP").untagged == []
    assert count_recent(client) == b"* STATUS INBOX (RECENT 0)"
    assert client.ok(b"SEARCH RECENT").untagged == [b"* SEARCH 1 2 3"]


def test_rev2_knows_nothing_of_it(client: Client) -> None:
    client.append(message())
    client.ok(b"ENABLE IMAP4rev2")
    client.ok(b"SELECT INBOX")
    assert client.ok(b"FETCH 1 FLAGS").untagged == [b"* 1 FETCH (FLAGS ())"]
    client.append(message())
    assert client.ok(b"NOOP").untagged == []
