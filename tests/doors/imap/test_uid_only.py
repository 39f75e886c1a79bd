"""UIDONLY (RFC 9586): messages are named by UIDs alone."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def mine(client: Client) -> Client:
    """At an INBOX of UIDs 2 to 4."""
    for subject in "abcd":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    client.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    client.ok(b"EXPUNGE")
    assert client.ok(b"ENABLE UIDONLY").untagged == [b"* ENABLED UIDONLY"]
    return client


@pytest.mark.parametrize("command", [
    b"FETCH 1 FLAGS", b"FETCH * FLAGS", b"STORE 1 +FLAGS (\\Seen)", b"SEARCH ALL", b"SORT (DATE) UTF-8 ALL",
    b"THREAD REFERENCES UTF-8 ALL", b"COPY 1 Sent", b"MOVE 1 Sent", b"UID SEARCH 1", b"UID SEARCH OR SEEN (NOT 1:*)",
    b"UID SORT (DATE) UTF-8 1:2", b"UID THREAD REFERENCES UTF-8 1", b"SELECT INBOX (QRESYNC (1 1 1:4 (1 1)))",
])
def test_numbers_are_refused(mine: Client, command: bytes) -> None:
    mine.ok(b"ENABLE QRESYNC")
    reply = mine.command(command)
    assert (reply.status, reply.text.split()[0]) == ("BAD", "[UIDREQUIRED]")
    assert mine.command(b"REPLACE 1 INBOX {}", message("e")).text.startswith("[UIDREQUIRED]")


def test_the_reply_to_fetch_is_named_by_its_uid_alone(mine: Client) -> None:
    assert mine.ok(b"UID FETCH 2:3 (FLAGS)").untagged == [b"* 2 UIDFETCH (FLAGS ())", b"* 3 UIDFETCH (FLAGS ())"]
    assert mine.ok(b"UID FETCH 2 (UID)").untagged == [b"* 2 UIDFETCH (UID 2)"]
    size = len(message("b"))
    assert mine.ok(b"UID FETCH 2 (UID RFC822.SIZE)").untagged == [b"* 2 UIDFETCH (UID 2 RFC822.SIZE %d)" % size]
    told = mine.ok(b"UID FETCH 2 (BODY.PEEK[TEXT]<0.4>)").untagged
    assert told == [b"* 2 UIDFETCH (BODY[TEXT]<0> {4}\r\nBonj)"]
    told = mine.ok(b"UID FETCH 2 (BODY[TEXT]<0.4>)").untagged
    assert told == [b"* 2 UIDFETCH (FLAGS (\\Seen) BODY[TEXT]<0> {4}\r\nBonj)"]


def test_the_reply_to_store_too(mine: Client) -> None:
    assert mine.ok(b"UID STORE 4 +FLAGS (\\Seen)").untagged == [b"* 4 UIDFETCH (FLAGS (\\Seen))"]
    mine.ok(b"ENABLE CONDSTORE")
    told = mine.ok(b"UID STORE 4 -FLAGS (\\Seen)").untagged
    assert told[0].startswith(b"* 4 UIDFETCH (FLAGS () MODSEQ (")
    told = mine.ok(b"UID STORE 4 +FLAGS.SILENT (\\Seen)").untagged
    assert told[0].startswith(b"* 4 UIDFETCH (MODSEQ (")


def test_what_others_change_is_named_by_uids(mine: Client, other: Client) -> None:
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 2 +FLAGS (\\Seen)")
    other.append(message("e"))
    assert mine.ok(b"NOOP").untagged == [b"* 3 UIDFETCH (FLAGS (\\Seen))", b"* 4 EXISTS"]
    other.ok(b"UID STORE 2,4 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    assert mine.ok(b"NOOP").untagged == [b"* VANISHED 2,4"]


def test_what_goes_by_oneself_is_vanished(mine: Client) -> None:
    mine.ok(b"UID STORE 2 +FLAGS.SILENT (\\Deleted)")
    assert mine.ok(b"EXPUNGE").untagged == [b"* VANISHED 2"]
    moved = mine.ok(b"UID MOVE 3 Sent").untagged
    assert moved[0].startswith(b"* OK [COPYUID ")
    assert moved[1:] == [b"* VANISHED 3"]


def test_searches_by_uid_go_on(mine: Client) -> None:
    assert mine.ok(b"UID SEARCH UID 3:*").untagged == [b"* SEARCH 3 4"]
    mine.ok(b"UID SEARCH RETURN (SAVE) UID 3")
    assert mine.ok(b"UID FETCH $ FLAGS").untagged == [b"* 3 UIDFETCH (FLAGS ())"]
    assert mine.ok(b"UID SEARCH $").untagged == [b"* SEARCH 3"]
    mine.send(b"c UID SEARCH RETURN (UPDATE) SEEN\r\n")
    mine.read_end(b"c")
    assert mine.ok(b"UID STORE 3 +FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") UID ADDTO (0 3)']


def test_a_saved_result_names_no_number(mine: Client) -> None:
    """RFC 9586 §3.5 takes numbers out of UID SEARCH; `$` means messages, whichever way they were found (RFC 5182 §2.1)."""
    mine.ok(b"UID SEARCH RETURN (SAVE) UID 2,4")
    assert mine.ok(b"UID SEARCH UID $").untagged == [b"* SEARCH 2 4"]
    assert mine.ok(b"UID SEARCH NOT $").untagged == [b"* SEARCH 3"]
    assert mine.ok(b"UID SEARCH OR $ UID 3").untagged == [b"* SEARCH 2 3 4"]
    assert mine.ok(b"UID SORT (REVERSE ARRIVAL SUBJECT) UTF-8 $").untagged == [b"* SORT 2 4"]
    assert mine.ok(b"UID THREAD REFERENCES UTF-8 $").untagged == [b"* THREAD (2)(4)"]
    assert mine.ok(b"UID STORE $ +FLAGS (\\Flagged)").untagged == [
        b"* 2 UIDFETCH (FLAGS (\\Flagged))", b"* 4 UIDFETCH (FLAGS (\\Flagged))",
    ]  # fmt: skip
    mine.ok(b"UID SEARCH RETURN (SAVE COUNT) $ UID 4")
    assert mine.ok(b"UID MOVE $ Sent").find(b"VANISHED") == [b"* VANISHED 4"]
    assert mine.ok(b"UID FETCH $ FLAGS").untagged == []
    assert mine.ok(b"UID SEARCH $").untagged == [b"* SEARCH"]


@pytest.mark.parametrize("command", [b"FETCH $ FLAGS", b"STORE $ FLAGS ()", b"COPY $ Sent", b"SEARCH $", b"UID SEARCH 1 $"])
def test_a_saved_result_makes_no_command_by_numbers_good_and_stays_as_it_was(mine: Client, command: bytes) -> None:
    mine.ok(b"UID SEARCH RETURN (SAVE) UID 3")
    assert mine.command(command).text.startswith("[UIDREQUIRED]")
    assert mine.ok(b"UID SEARCH $").untagged == [b"* SEARCH 3"]


def test_a_result_saved_by_numbers_means_the_same_messages_after(client: Client) -> None:
    for subject in "abc":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    client.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    client.ok(b"EXPUNGE")
    client.ok(b"SEARCH RETURN (SAVE) 2")
    client.ok(b"ENABLE UIDONLY")
    assert client.ok(b"UID FETCH $ FLAGS").untagged == [b"* 3 UIDFETCH (FLAGS ())"]


def test_a_search_that_is_bad_leaves_what_was_saved(mine: Client) -> None:
    mine.ok(b"UID SEARCH RETURN (SAVE) UID 3")
    assert mine.command(b"UID SEARCH RETURN (SAVE) 1:2").status == "BAD"
    assert mine.ok(b"UID SEARCH $").untagged == [b"* SEARCH 3"]


def test_a_result_that_was_kept_up_to_date_by_numbers_goes_on_by_uids(client: Client) -> None:
    for subject in "abc":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    client.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    client.ok(b"EXPUNGE")
    client.send(b"c SEARCH RETURN (UPDATE) SEEN\r\n")
    assert client.read_end(b"c").status == "OK"
    client.ok(b"ENABLE UIDONLY")
    assert client.ok(b"UID STORE 3 +FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") UID ADDTO (0 3)']


def test_select_names_no_number(mine: Client) -> None:
    told = mine.ok(b"SELECT INBOX")
    assert told.find(b"UNSEEN") == []
    assert told.one(b" EXISTS") == b"* 3 EXISTS"


def test_a_resync_is_named_by_uids(mine: Client, other: Client) -> None:
    mine.ok(b"ENABLE QRESYNC")
    told = mine.ok(b"SELECT INBOX")
    validity, modseq = (told.one(word).split()[3].rstrip(b"]") for word in (b"[UIDVALIDITY", b"[HIGHESTMODSEQ"))
    mine.ok(b"UNSELECT")
    other.ok(b"SELECT INBOX")
    other.ok(b"UID STORE 3 +FLAGS (\\Seen)")
    told = mine.ok(b"SELECT INBOX (QRESYNC (" + validity + b" " + modseq + b"))")
    assert told.one(b"UIDFETCH").startswith(b"* 3 UIDFETCH (FLAGS (\\Seen) MODSEQ (")


def test_notify_too(mine: Client, other: Client) -> None:
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew (UID FLAGS) MessageExpunge FlagChange))")
    other.append(message("e"))
    assert [mine.read(), mine.read()] == [b"* 4 EXISTS", b"* 5 UIDFETCH (UID 5 FLAGS ())"]
    other.ok(b"SELECT INBOX")
    other.ok(b"UID STORE 2 +FLAGS (\\Seen)")
    assert mine.read() == b"* 2 UIDFETCH (FLAGS (\\Seen))"
