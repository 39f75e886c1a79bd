"""STORE."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def mailbox(client: Client) -> Client:
    client.append(message("a"))
    client.append(message("b"), flags=b"(\\Seen)")
    client.ok(b"SELECT INBOX")
    return client


def test_flags_are_added_removed_and_replaced(mailbox: Client) -> None:
    assert mailbox.ok(b"STORE 1:2 +FLAGS (\\Flagged)").untagged == [
        b"* 1 FETCH (FLAGS (\\Flagged))", b"* 2 FETCH (FLAGS (\\Flagged \\Seen))"
    ]
    assert mailbox.ok(b"STORE 2 -FLAGS \\Seen").untagged == [b"* 2 FETCH (FLAGS (\\Flagged))"]
    assert mailbox.ok(b"UID STORE 2 FLAGS (\\Draft)").untagged == [b"* 2 FETCH (UID 2 FLAGS (\\Draft))"]


def test_silent_says_nothing(mailbox: Client) -> None:
    assert mailbox.ok(b"STORE 1 +FLAGS.SILENT (\\Flagged)").untagged == []
    assert mailbox.ok(b"NOOP").untagged == []
    assert mailbox.ok(b"FETCH 1 FLAGS").untagged == [b"* 1 FETCH (FLAGS (\\Flagged))"]


def test_a_new_keyword_is_told(mailbox: Client) -> None:
    reply = mailbox.ok(b"STORE 1 +FLAGS ($Important)")
    assert reply.one(b"* FLAGS").endswith(b"$Important)")


def test_a_system_flag_that_is_none_is_refused(mailbox: Client) -> None:
    assert mailbox.command(b"STORE 1 +FLAGS (\\Foo)").status == "BAD"
    assert mailbox.command(b"STORE 3 +FLAGS (\\Seen)").status == "BAD"


def test_unchanged_since_spares_what_somebody_else_changed(mailbox: Client, other: Client) -> None:
    modseq = int(mailbox.ok(b"FETCH 1 MODSEQ").one(b"MODSEQ (").split(b"MODSEQ (")[1].split(b")")[0])
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1 +FLAGS (\\Answered)")
    reply = mailbox.ok(b"UID STORE 1:2 (UNCHANGEDSINCE %d) +FLAGS (\\Flagged)" % (modseq + 1))
    assert "[MODIFIED 1]" in reply.text
    assert reply.find(b"* 2 FETCH (UID 2 FLAGS (\\Flagged \\Seen) MODSEQ (")
    assert reply.find(b"* 1 FETCH (UID 1 FLAGS (\\Answered) MODSEQ (")


def test_fetch_changed_since_tells_only_what_changed(mailbox: Client) -> None:
    before = mailbox.ok(b"SELECT INBOX (CONDSTORE)").one(b"HIGHESTMODSEQ").split(b"HIGHESTMODSEQ ")[1].split(b"]")[0]
    mailbox.ok(b"STORE 2 +FLAGS (\\Flagged)")
    told = mailbox.ok(b"UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + before + b")").untagged
    assert len(told) == 1
    assert told[0].startswith(b"* 2 FETCH (UID 2 FLAGS (\\Flagged \\Seen) MODSEQ (")
