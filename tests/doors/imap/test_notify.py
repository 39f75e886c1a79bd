"""NOTIFY (RFC 5465): the command, and what is told of the selected mailbox."""

import pytest

from corneille.doors.imap import elsewhere
from corneille.doors.imap.commands.notify import GROUPS
from tests.doors.imap.conversation import Client, message

MESSAGES = b"(MessageNew MessageExpunge)"
FLAGS = b"(MessageNew MessageExpunge FlagChange)"
SUBJECT = b"BODY.PEEK[HEADER.FIELDS (Subject)]"


@pytest.fixture
def both(client: Client, other: Client) -> tuple[Client, Client]:
    """Two programs of one person, at an INBOX of two messages."""
    for subject in ("a", "b"):
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    return client, other


def expunge(client: Client, number: bytes) -> None:
    client.ok(b"STORE " + number + b" +FLAGS.SILENT (\\Deleted)")
    client.ok(b"EXPUNGE")


def test_all_is_told_while_no_command_runs(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED " + FLAGS + b")")
    theirs.append(message("c"))
    assert mine.read() == b"* 3 EXISTS"
    theirs.ok(b"STORE 2 +FLAGS (\\Flagged)")
    assert mine.read() == b"* 2 FETCH (UID 2 FLAGS (\\Flagged))"
    theirs.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert mine.read() == b"* 1 FETCH (UID 1 FLAGS (\\Deleted))"
    theirs.ok(b"EXPUNGE")
    assert mine.read() == b"* 1 EXPUNGE"
    assert mine.ok(b"UID FETCH 3 UID").untagged == [b"* 2 FETCH (UID 3)"]


def test_new_messages_come_with_what_was_asked_for_and_stay_unread(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (selected (messagenew (UID FLAGS " + SUBJECT + b" BODY[TEXT]<0.4>) messageexpunge))")
    theirs.append(message("Carte"), flags=b"(\\Flagged)")
    assert mine.read() == b"* 3 EXISTS"
    told = mine.read()
    assert told.startswith(b"* 3 FETCH (UID 3 FLAGS (\\Flagged) BODY[HEADER.FIELDS (Subject)] {18}\r\nSubject: Carte\r\n")
    assert told.endswith(b"BODY[TEXT]<0> {4}\r\nBonj)")
    assert mine.ok(b"UID FETCH 3 FLAGS").untagged == [b"* 3 FETCH (UID 3 FLAGS (\\Flagged))"]


def test_nothing_is_fetched_of_ones_own_messages(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge))")
    assert mine.ok(b"APPEND INBOX {}", message("c")).untagged == [b"* 3 EXISTS"]
    assert mine.ok(b"UID COPY 1 INBOX").untagged == [b"* 4 EXISTS"]
    theirs.append(message("d"))
    assert [mine.read(), mine.read()] == [b"* 5 EXISTS", b"* 5 FETCH (UID 5)"]


def test_what_had_gathered_is_told_with_the_command(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.append(message("c"))
    expunge(theirs, b"1")
    told = mine.ok(b"NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge))").untagged
    assert told == [b"* 1 EXPUNGE", b"* 2 EXISTS", b"* 2 FETCH (UID 3)"]


@pytest.mark.parametrize("command", [b"NONE", b"SET (SELECTED NONE)", b"SET (MAILBOXES Sent " + FLAGS + b")"])
def test_who_wants_nothing_of_the_selected_mailbox_hears_of_their_own_acts_alone(
    both: tuple[Client, Client], command: bytes
) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY " + command)
    theirs.append(message("c"))
    theirs.ok(b"STORE 2 +FLAGS (\\Flagged)")
    assert mine.ok(b"NOOP").untagged == []
    assert mine.ok(b"UID STORE 1 +FLAGS (\\Deleted)").untagged == [b"* 1 FETCH (UID 1 FLAGS (\\Deleted))"]
    assert mine.ok(b"EXPUNGE").untagged == [b"* 1 EXPUNGE"]
    mine.send(b"i IDLE\r\nDONE\r\n")
    assert mine.read_end(b"i").untagged == [b"+ idling"]
    told = mine.ok(b"NOTIFY SET (SELECTED " + FLAGS + b")").untagged
    assert told == [b"* 1 FETCH (UID 2 FLAGS (\\Flagged))", b"* 2 EXISTS"]


def test_expunges_that_are_delayed_wait_for_a_command_that_may_tell_them(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED-DELAYED " + MESSAGES + b")")
    expunge(theirs, b"1")
    theirs.append(message("c"))
    assert mine.read() == b"* 3 EXISTS"
    assert mine.ok(b"FETCH 3 UID").untagged == [b"* 3 FETCH (UID 3)"]
    assert mine.ok(b"NOOP").untagged == [b"* 1 EXPUNGE"]
    expunge(theirs, b"1")
    mine.send(b"i IDLE\r\n")
    assert [mine.read(), mine.read()] == [b"+ idling", b"* 1 EXPUNGE"]
    expunge(theirs, b"1")
    assert mine.read() == b"* 1 EXPUNGE"
    mine.send(b"DONE\r\n")
    assert mine.read_end(b"i").untagged == []


def test_who_hears_of_expunges_at_once_hears_of_them_in_any_command(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED-DELAYED " + MESSAGES + b")")
    expunge(theirs, b"1")
    assert mine.ok(b"FETCH 2 UID").untagged == [b"* 2 FETCH (UID 2)"]
    assert mine.ok(b"NOTIFY SET (SELECTED " + MESSAGES + b")").untagged == [b"* 1 EXPUNGE"]
    expunge(theirs, b"1")
    assert mine.read() == b"* 1 EXPUNGE"
    assert mine.command(b"FETCH 1 UID").status == "BAD"


def test_what_went_is_vanished_after_enable(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"ENABLE QRESYNC")
    mine.ok(b"NOTIFY SET (SELECTED " + FLAGS + b")")
    theirs.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert mine.read().startswith(b"* 1 FETCH (UID 1 FLAGS (\\Deleted) MODSEQ (")
    theirs.ok(b"EXPUNGE")
    assert mine.read() == b"* VANISHED 1"


def test_the_highest_modseq_is_never_above_what_was_told(both: tuple[Client, Client]) -> None:
    """RFC 7162 §3.2.5.1: who does not hear of flags must be told of them at the next QRESYNC."""
    mine, theirs = both
    mine.ok(b"ENABLE QRESYNC")
    known = int(mine.ok(b"SELECT INBOX").one(b"HIGHESTMODSEQ").split()[3].rstrip(b"]"))
    mine.ok(b"NOTIFY SET (SELECTED " + MESSAGES + b")")
    theirs.ok(b"STORE 2 +FLAGS (\\Flagged)")
    mine.ok(b"UID STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert mine.ok(b"UID EXPUNGE 1").text == f"[HIGHESTMODSEQ {known}] EXPUNGE done"
    told = mine.ok(b"NOTIFY SET (SELECTED " + FLAGS + b")")
    assert [each.split(b" MODSEQ")[0] for each in told.find(b"FETCH")] == [b"* 1 FETCH (UID 2 FLAGS (\\Flagged)"]


def test_the_selected_mailbox_is_whatever_is_selected_then(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED " + MESSAGES + b")")
    mine.ok(b"SELECT Sent")
    theirs.append(message("c"))
    theirs.append(message("d"), b"Sent")
    assert mine.read() == b"* 1 EXISTS"
    mine.ok(b"UNSELECT")
    theirs.append(message("e"), b"Sent")
    assert mine.ok(b"NOOP").untagged == []


def test_a_selected_mailbox_that_is_deleted_ends_the_session(client: Client, other: Client) -> None:
    client.ok(b"CREATE short")
    client.ok(b"SELECT short")
    client.ok(b"NOTIFY SET (SELECTED " + MESSAGES + b")")
    other.ok(b"DELETE short")
    assert client.read().startswith(b"* BYE")


def test_events_that_are_not_known_are_refused_with_those_that_are(client: Client) -> None:
    reply = client.command(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge AnnotationChange))")
    assert reply.status == "NO"
    assert reply.text.startswith(
        "[BADEVENT (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange"
        " MailboxMetadataChange ServerMetadataChange)]"
    )
    assert client.command(b"NOTIFY SET (PERSONAL (SpamChange))").text.startswith("[BADEVENT ")


def test_a_refused_command_leaves_what_was_asked_before(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED " + MESSAGES + b")")
    assert mine.command(b"NOTIFY SET (SELECTED (MessageNew))").status == "BAD"
    assert mine.command(b"NOTIFY SET (PERSONAL (SpamChange))").status == "NO"
    theirs.append(message("c"))
    assert mine.read() == b"* 3 EXISTS"


def test_too_much_is_refused(client: Client) -> None:
    groups = b" ".join([b"(PERSONAL " + MESSAGES + b")"] * (GROUPS + 1))
    assert client.command(b"NOTIFY SET " + groups).text.startswith("[NOTIFICATIONOVERFLOW] ")


def test_when_there_are_too_many_mailboxes_it_ends(
    client: Client, other: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "WATCHED", 7)
    for name in (b"a", b"b"):
        client.ok(b"NOTIFY SET (PERSONAL (MailboxName)) (SELECTED " + MESSAGES + b")")
        other.ok(b"CREATE " + name)
        told = client.read()
    assert told.startswith(b"* OK [NOTIFICATIONOVERFLOW] ")
    other.ok(b"CREATE c")
    assert client.ok(b"NOOP").untagged == []
    assert client.command(b"NOTIFY SET (PERSONAL (MailboxName))").text.startswith("[NOTIFICATIONOVERFLOW] ")
    client.ok(b"NOTIFY SET (INBOXES (MailboxName))")


def test_a_command_that_was_sent_while_something_is_told_is_obeyed(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew (UID BODY.PEEK[]) MessageExpunge))")
    for number in range(5):
        theirs.append(message(f"n{number}"))
        mine.ok(b"UID FETCH 1:2 FLAGS")
    mine.ok(b"NOOP")
    assert len(mine.ok(b"UID SEARCH ALL").one(b"SEARCH").split()) == 9
