"""SELECT and EXAMINE."""

from tests.doors.imap.conversation import Client, message


def test_select_tells_the_state_of_the_mailbox(client: Client) -> None:
    client.append(message("a"), flags=b"(\\Seen)")
    client.append(message("b"), flags=b"($Forwarded)")
    reply = client.ok(b"SELECT inbox")
    assert reply.text.startswith("[READ-WRITE]")
    assert b"* 2 EXISTS" in reply.untagged
    assert reply.one(b"* FLAGS") == b"* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)"
    assert b"\\*)]" in reply.one(b"PERMANENTFLAGS")
    assert reply.one(b"[UNSEEN 2]")
    assert reply.one(b"[UIDVALIDITY ")
    assert reply.one(b"[UIDNEXT 3]")
    assert reply.one(b"[HIGHESTMODSEQ ")
    assert reply.one(b"[MAILBOXID (F")


def test_examine_changes_nothing(client: Client) -> None:
    client.append(message())
    reply = client.ok(b"EXAMINE INBOX")
    assert reply.text.startswith("[READ-ONLY]")
    assert b"[PERMANENTFLAGS ()]" in reply.one(b"PERMANENTFLAGS")
    client.ok(b"FETCH 1 BODY[]")
    assert client.ok(b"FETCH 1 FLAGS").untagged == [b"* 1 FETCH (FLAGS ())"]
    for command in (b"STORE 1 +FLAGS (\\Seen)", b"EXPUNGE", b"MOVE 1 Trash"):
        assert client.command(command).text.startswith("[READ-ONLY]")


def test_selecting_again_closes_the_mailbox_before(client: Client) -> None:
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SELECT Sent").untagged[0].startswith(b"* OK [CLOSED]")
    reply = client.command(b"SELECT Nowhere")
    assert (reply.status, reply.text[:13]) == ("NO", "[NONEXISTENT]")
    assert client.command(b"FETCH 1 FLAGS").status == "BAD"


def test_after_enable_rev2_select_lists_the_mailbox_and_has_no_recent(client: Client) -> None:
    client.append(message())
    assert client.ok(b"ENABLE IMAP4rev2").untagged == [b"* ENABLED IMAP4REV2"]
    reply = client.ok(b"SELECT INBOX")
    assert b'* LIST () "/" INBOX' in reply.untagged
    assert not reply.find(b"RECENT")
    assert not reply.find(b"[UNSEEN")


def test_close_removes_what_is_deleted_and_unselect_does_not(client: Client) -> None:
    client.append(message(), flags=b"(\\Deleted)")
    client.ok(b"SELECT INBOX")
    client.ok(b"UNSELECT")
    assert b"MESSAGES 1" in client.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS")
    client.ok(b"EXAMINE INBOX")
    client.ok(b"CLOSE")
    assert b"MESSAGES 1" in client.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS")
    client.ok(b"SELECT INBOX")
    assert client.ok(b"CLOSE").untagged == []
    assert b"MESSAGES 0" in client.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS")


def test_a_mailbox_deleted_elsewhere_ends_the_session_that_had_it(client: Client, other: Client) -> None:
    client.ok(b"CREATE gone")
    client.ok(b"SELECT gone")
    other.ok(b"DELETE gone")
    client.send(b"x NOOP\r\n")
    assert client.read().startswith(b"* BYE")
    assert client.is_closed()
