"""EXPUNGE, COPY, MOVE."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def mailbox(client: Client) -> Client:
    for subject in "abcd":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    return client


def test_expunge_removes_what_is_deleted(mailbox: Client) -> None:
    mailbox.ok(b"STORE 1,3 +FLAGS.SILENT (\\Deleted)")
    assert mailbox.ok(b"EXPUNGE").untagged == [b"* 3 EXPUNGE", b"* 1 EXPUNGE"]
    assert mailbox.ok(b"FETCH 1:* UID").untagged == [b"* 1 FETCH (UID 2)", b"* 2 FETCH (UID 4)"]


def test_uid_expunge_removes_only_those(mailbox: Client) -> None:
    mailbox.ok(b"STORE 1:4 +FLAGS.SILENT (\\Deleted)")
    assert mailbox.ok(b"UID EXPUNGE 2:3,9").untagged == [b"* 3 EXPUNGE", b"* 2 EXPUNGE"]


def test_copy_says_which_uids_became_which(mailbox: Client) -> None:
    reply = mailbox.ok(b"COPY 2:3 Archive")
    assert reply.text.startswith("[COPYUID ")
    assert reply.text.split("]")[0].endswith(" 2:3 1:2")
    assert b"MESSAGES 2" in mailbox.ok(b"STATUS Archive (MESSAGES)").one(b"STATUS")
    assert mailbox.command(b"COPY 1 Nowhere").text.startswith("[TRYCREATE]")


def test_move_says_where_and_then_removes(mailbox: Client) -> None:
    untagged = mailbox.ok(b"UID MOVE 1:2 Trash").untagged
    assert untagged[0].startswith(b"* OK [COPYUID ")
    assert untagged[1:] == [b"* 2 EXPUNGE", b"* 1 EXPUNGE"]
    assert b"MESSAGES 2" in mailbox.ok(b"STATUS Trash (MESSAGES)").one(b"STATUS")


def test_after_qresync_what_goes_has_vanished(mailbox: Client) -> None:
    mailbox.ok(b"ENABLE QRESYNC")
    mailbox.ok(b"STORE 1:2 +FLAGS.SILENT (\\Deleted)")
    reply = mailbox.ok(b"EXPUNGE")
    assert reply.untagged == [b"* VANISHED 1:2"]
    assert reply.text.startswith("[HIGHESTMODSEQ ")
