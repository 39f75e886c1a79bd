"""QRESYNC (RFC 7162)."""

from tests.doors.imap.conversation import Client, message


def test_a_program_that_was_away_is_told_what_changed(client: Client, other: Client) -> None:
    for subject in "abcd":
        client.append(message(subject))
    client.ok(b"ENABLE QRESYNC")
    reply = client.ok(b"SELECT INBOX")
    validity = reply.one(b"UIDVALIDITY").split(b"UIDVALIDITY ")[1].split(b"]")[0]
    modseq = reply.one(b"HIGHESTMODSEQ").split(b"HIGHESTMODSEQ ")[1].split(b"]")[0]
    client.ok(b"UNSELECT")
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1,3 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    other.ok(b"STORE 1 +FLAGS.SILENT (\\Seen)")
    other.append(message("e"))
    reply = client.ok(b"SELECT INBOX (QRESYNC (" + validity + b" " + modseq + b"))")
    assert b"* VANISHED (EARLIER) 1,3" in reply.untagged
    assert reply.one(b"UID 2 ").startswith(b"* 1 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (")
    assert reply.one(b"UID 5 ").startswith(b"* 3 FETCH (UID 5 FLAGS () MODSEQ (")
    reply = client.ok(b"SELECT INBOX (QRESYNC (" + validity + b" " + modseq + b" 1:2))")
    assert b"* VANISHED (EARLIER) 1" in reply.untagged
    assert not reply.find(b"UID 5 ")
    reply = client.ok(b"UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + modseq + b" VANISHED)")
    assert reply.untagged[0] == b"* VANISHED (EARLIER) 1,3"
    assert len(reply.untagged) == 3


def test_what_came_and_went_meanwhile_is_told_since_it_may_have_been_fetched(client: Client, other: Client) -> None:
    client.append(message("a"))
    client.ok(b"ENABLE QRESYNC")
    modseq = client.ok(b"SELECT INBOX").one(b"HIGHESTMODSEQ").split(b"HIGHESTMODSEQ ")[1].split(b"]")[0]
    other.append(message("b"), flags=b"(\\Deleted)")
    other.ok(b"SELECT INBOX")
    other.ok(b"EXPUNGE")
    reply = client.ok(b"UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + modseq + b" VANISHED)")
    assert b"* VANISHED (EARLIER) 2" in reply.untagged


def test_qresync_must_be_enabled(client: Client) -> None:
    assert client.command(b"SELECT INBOX (QRESYNC (1 1))").status == "BAD"


def test_other_uids_than_before_tell_nothing(client: Client) -> None:
    client.append(message())
    client.ok(b"ENABLE QRESYNC")
    assert not client.ok(b"SELECT INBOX (QRESYNC (1 1))").find(b"FETCH")


def test_every_change_is_told_with_its_uid_and_modseq(client: Client) -> None:
    client.append(message())
    client.ok(b"ENABLE QRESYNC")
    client.ok(b"SELECT INBOX")
    assert client.ok(b"STORE 1 +FLAGS.SILENT (\\Flagged)").one(b"FETCH").startswith(b"* 1 FETCH (UID 1 MODSEQ (")
    read = client.ok(b"FETCH 1 BODY[]").one(b"FETCH")
    assert read.startswith(b"* 1 FETCH (FLAGS (\\Flagged \\Seen) UID 1 MODSEQ (")
