"""Results that are kept up to date (RFC 5267 §4.3), with what NOTIFY adds to them (RFC 5465 §5.2, §7)."""

import threading
from itertools import pairwise
from typing import Any

import pytest

from corneille.doors.imap import news
from corneille.doors.imap.session import Session
from corneille.kernel.ids import MessageId
from corneille.mail import fetch
from corneille.mail.slices import Work, finish
from corneille.mail.values import MailAccount
from tests.doors.imap.conversation import Client, Reply, message


@pytest.fixture
def both(client: Client, other: Client) -> tuple[Client, Client]:
    """Two programs of one person, at an INBOX of five messages; the first two are read."""
    for subject in "abcde":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    client.ok(b"STORE 1:2 +FLAGS.SILENT (\\Seen)")
    return client, other


def ask(client: Client, tag: bytes, command: bytes) -> Reply:
    client.send(tag + b" " + command + b"\r\n")
    reply = client.read_end(tag)
    assert reply.status == "OK", reply
    return reply


def expunge(client: Client, numbers: bytes) -> None:
    client.ok(b"STORE " + numbers + b" +FLAGS.SILENT (\\Deleted)")
    client.ok(b"EXPUNGE")


def test_what_is_found_too_and_no_longer_is_told(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    assert ask(mine, b"c", b"SEARCH RETURN (UPDATE COUNT) SEEN").untagged == [b'* ESEARCH (TAG "c") COUNT 2']
    theirs.ok(b"STORE 4,5 +FLAGS.SILENT (\\Seen)")
    told = mine.ok(b"NOOP").untagged
    assert [each.split(b" (")[0] for each in told] == [b"* 4 FETCH", b"* 5 FETCH", b"* ESEARCH"]
    assert told[2] == b'* ESEARCH (TAG "c") ADDTO (0 4:5)'
    assert mine.ok(b"STORE 1 -FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") REMOVEFROM (0 1)']
    assert mine.ok(b"STORE 1 +FLAGS.SILENT (\\Flagged)").untagged == []
    mine.append(message("f"))
    mine.append(message("g"), flags=b"(\\Seen)")
    assert mine.ok(b"UID SEARCH SEEN").untagged == [b"* SEARCH 2 4 5 7"]


def test_a_message_that_comes_is_added_after_it_exists(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"c", b"UID SEARCH RETURN (UPDATE) SUBJECT cantine")
    theirs.append(message("cantine"))
    theirs.append(message("gare"))
    assert mine.ok(b"NOOP").untagged == [b"* 7 EXISTS", b'* ESEARCH (TAG "c") UID ADDTO (0 6)']


def test_what_goes_is_removed_while_its_number_means_it(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) SEEN")
    expunge(theirs, b"2:3")
    assert mine.ok(b"NOOP").untagged == [
        b'* ESEARCH (TAG "c") REMOVEFROM (0 2)', b"* 3 EXPUNGE", b"* 2 EXPUNGE",
    ]  # fmt: skip


def test_what_goes_is_removed_at_once_though_the_expunge_waits(both: tuple[Client, Client]) -> None:
    """RFC 5267, appendix A.3."""
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) ALL")
    expunge(theirs, b"2")
    assert mine.ok(b"FETCH 3 UID").untagged == [b"* 3 FETCH (UID 3)", b'* ESEARCH (TAG "c") REMOVEFROM (0 2)']
    assert mine.ok(b"NOOP").untagged == [b"* 2 EXPUNGE"]
    assert mine.ok(b"NOOP").untagged == []


def test_ones_own_expunge_is_told_too(both: tuple[Client, Client]) -> None:
    mine, _ = both
    ask(mine, b"c", b"UID SEARCH RETURN (UPDATE) SEEN")
    mine.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    assert mine.ok(b"EXPUNGE").untagged == [b'* ESEARCH (TAG "c") UID REMOVEFROM (0 1)', b"* 1 EXPUNGE"]


def test_a_sorted_result_is_told_with_its_places(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    assert ask(mine, b"s", b"UID SORT RETURN (ALL UPDATE) (REVERSE SUBJECT) UTF-8 ALL").one(b"ALL 5,4,3,2,1")
    for subject in ("c bis", "aa", "z", "zz"):
        theirs.append(message(subject))
    told = mine.ok(b"NOOP").untagged
    # zz z e d (c bis) c b (aa) a
    assert told == [b"* 9 EXISTS", b'* ESEARCH (TAG "s") UID ADDTO (1 9,8 5 6 8 7)']
    theirs.ok(b"NOOP")
    expunge(theirs, b"4,5,7,1")
    assert mine.ok(b"NOOP").find(b"ESEARCH") == [b'* ESEARCH (TAG "s") UID REMOVEFROM (8 7,1 3 5,4)']
    assert ask(mine, b"t", b"UID SORT RETURN () (REVERSE SUBJECT) UTF-8 ALL").one(b"ALL 9,8,6,3,2")


def test_a_sorted_result_follows_flags_by_numbers(both: tuple[Client, Client]) -> None:
    mine, _ = both
    ask(mine, b"s", b"SORT RETURN (UPDATE) (REVERSE SUBJECT) UTF-8 UNSEEN")
    assert mine.ok(b"STORE 4 +FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "s") REMOVEFROM (2 4)']
    assert mine.ok(b"STORE 1,4 -FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "s") ADDTO (2 4 4 1)']


def test_numbers_mean_what_they_meant_when_the_command_came(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) 2:4 UNSEEN")
    expunge(mine, b"1")
    assert mine.ok(b"STORE 4 +FLAGS.SILENT (\\Seen)").untagged == []  # was 5
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") REMOVEFROM (0 3)']
    theirs.append(message("f"))
    assert mine.ok(b"NOOP").find(b"ESEARCH") == []


def test_ages_and_ids_are_asked_of_what_comes(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"y", b"SEARCH RETURN (UPDATE) YOUNGER 3600 NOT EMAILID M999")
    theirs.append(message("f"))
    assert mine.ok(b"NOOP").find(b"ESEARCH") == [b'* ESEARCH (TAG "y") ADDTO (0 6)']


def test_several_results_are_followed_until_they_are_cancelled(both: tuple[Client, Client]) -> None:
    mine, _ = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) FLAGGED")
    ask(mine, b"d", b"UID SEARCH RETURN (UPDATE CONTEXT) UNFLAGGED")
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Flagged)").untagged == [
        b'* ESEARCH (TAG "c") ADDTO (0 3)', b'* ESEARCH (TAG "d") UID REMOVEFROM (0 3)',
    ]  # fmt: skip
    assert mine.command(b'CANCELUPDATE "c" "unknown"').status == "BAD"
    mine.ok(b'CANCELUPDATE "c"')
    assert mine.ok(b"STORE 3 -FLAGS.SILENT (\\Flagged)").untagged == [b'* ESEARCH (TAG "d") UID ADDTO (0 3)']
    mine.ok(b'CANCELUPDATE "d"')
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Flagged)").untagged == []
    assert mine.command(b"CANCELUPDATE c").status == "BAD"
    assert mine.command(b"CANCELUPDATE").status == "BAD"


def test_a_tag_is_used_once(both: tuple[Client, Client]) -> None:
    mine, _ = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) SEEN")
    mine.send(b"c SORT RETURN (UPDATE) (DATE) UTF-8 FLAGGED\r\n")
    assert mine.read_end(b"c").status == "BAD"
    assert ask(mine, b"c", b"SEARCH FLAGGED").untagged == [b"* SEARCH"]
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") ADDTO (0 3)']


def test_too_many_results_are_not_followed(both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    mine, _ = both
    monkeypatch.setattr(news, "CONTEXTS", 2)
    monkeypatch.setattr(news, "SORTED", 1)
    told = ask(mine, b"s", b"SORT RETURN (UPDATE COUNT) (DATE) UTF-8 SEEN").untagged
    assert told[0].startswith(b'* NO [NOUPDATE "s"] ')
    assert told[1:] == [b'* ESEARCH (TAG "s") COUNT 2']
    ask(mine, b"a", b"SEARCH RETURN (UPDATE) SEEN")
    ask(mine, b"b", b"SEARCH RETURN (UPDATE) SEEN")
    assert ask(mine, b"c", b"SEARCH RETURN (UPDATE) SEEN").one(b'* NO [NOUPDATE "c"] ')
    assert mine.command(b'CANCELUPDATE "c"').status == "BAD"


def test_a_key_of_very_many_terms_is_not_followed(both: tuple[Client, Client]) -> None:
    mine, _ = both
    told = ask(mine, b"c", b"SEARCH RETURN (UPDATE COUNT) NOT (SEEN" + b" UNFLAGGED" * news.TERMS + b")").untagged
    assert told[0].startswith(b'* NO [NOUPDATE "c"] ')
    assert told[1:] == [b'* ESEARCH (TAG "c") COUNT 3']


def test_a_sorted_result_that_grows_too_long_is_no_longer_followed(
    both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = both
    monkeypatch.setattr(news, "SORTED", 4)
    ask(mine, b"s", b"SORT RETURN (UPDATE) (DATE) UTF-8 UNSEEN")
    theirs.append(message("f"))
    assert mine.ok(b"NOOP").untagged == [b"* 6 EXISTS", b'* ESEARCH (TAG "s") ADDTO (4 6)']
    assert mine.ok(b"UID STORE 1 -FLAGS.SILENT (\\Seen)").one(b'* NO [NOUPDATE "s"] ')
    theirs.append(message("g"))
    assert mine.ok(b"NOOP").untagged == [b"* 7 EXISTS"]
    assert mine.command(b'CANCELUPDATE "s"').status == "BAD"


def hold(monkeypatch: pytest.MonkeyPatch, name: str) -> threading.Event:
    """Has `search` or `sort` find at once and say so in many slices, until the event."""
    event, ask_at_once = threading.Event(), getattr(news, name)

    def go_on(*given: Any, **named: Any) -> Work[list[int]]:
        found: list[int] = finish(ask_at_once(*given, **named))
        while not event.is_set():
            yield
        return found

    monkeypatch.setattr(news, name, go_on)
    return event


def test_what_was_found_before_a_command_is_not_told_after_it(
    both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) UNSEEN")
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange))")
    found = hold(monkeypatch, "search")
    theirs.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)")
    assert mine.read() == b"* 3 FETCH (UID 3 FLAGS (\\Seen))"
    mine.send(b"d UID STORE 3 -FLAGS (\\Seen)\r\n")
    assert mine.read() == b"* 3 FETCH (UID 3 FLAGS ())"
    found.set()
    assert mine.read_end(b"d").untagged == []
    assert mine.ok(b"NOOP").untagged == []


def test_an_order_of_before_a_command_is_not_told_after_it(
    both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = both
    ask(mine, b"s", b"SORT RETURN (UPDATE) (DATE) UTF-8 UNSEEN")
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange))")
    ordered = hold(monkeypatch, "sort")
    theirs.ok(b"STORE 1 -FLAGS.SILENT (\\Seen)")
    assert mine.read() == b"* 1 FETCH (UID 1 FLAGS ())"
    assert mine.ok(b"STORE 1 +FLAGS.SILENT (\\Seen)").untagged == []
    ordered.set()
    assert mine.ok(b"NOOP").untagged == []
    assert mine.ok(b"STORE 2 -FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "s") ADDTO (1 2)']


def test_a_mailbox_may_be_left_while_its_news_are_looked_for(
    both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) UNSEEN")
    ask(mine, b"d", b"SEARCH RETURN (UPDATE) SEEN")
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange))")
    found = hold(monkeypatch, "search")
    theirs.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)")
    mine.read()
    mine.ok(b"UNSELECT")
    found.set()
    for _ in range(3):
        assert mine.ok(b"NOOP").untagged == []
    assert caplog.text == ""


def test_results_end_with_their_mailbox(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) ALL")
    mine.ok(b"SELECT INBOX")
    theirs.append(message("f"))
    assert mine.ok(b"NOOP").untagged == [b"* 6 EXISTS"]
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) ALL")


def test_the_hint_alone_changes_nothing(both: tuple[Client, Client]) -> None:
    mine, _ = both
    assert ask(mine, b"c", b"SEARCH RETURN (CONTEXT COUNT) SEEN").untagged == [b'* ESEARCH (TAG "c") COUNT 2']
    assert mine.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)").untagged == []


def test_results_are_told_while_idle_waits(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) SEEN")
    mine.send(b"i IDLE\r\n")
    mine.read()
    theirs.ok(b"STORE 3 +FLAGS.SILENT (\\Seen)")
    assert mine.read().startswith(b"* 3 FETCH ")
    assert mine.read() == b'* ESEARCH (TAG "c") ADDTO (0 3)'


def test_what_comes_and_is_found_is_fetched(both: tuple[Client, Client]) -> None:
    """RFC 5465 §7: EXISTS, FETCH, ESEARCH; nothing is fetched of what only changed, or of one's own."""
    mine, theirs = both
    ask(mine, b"c", b"SEARCH RETURN (UPDATE (UID FLAGS)) UNSEEN")
    theirs.append(message("f"))
    theirs.append(message("g"), flags=b"(\\Seen)")
    assert mine.ok(b"NOOP").untagged == [
        b"* 7 EXISTS", b"* 6 FETCH (UID 6 FLAGS ())", b'* ESEARCH (TAG "c") ADDTO (0 6)',
    ]  # fmt: skip
    assert mine.ok(b"STORE 1 -FLAGS.SILENT (\\Seen)").untagged == [b'* ESEARCH (TAG "c") ADDTO (0 1)']
    assert mine.ok(b"APPEND INBOX {}", message("h")).untagged == [b"* 8 EXISTS", b'* ESEARCH (TAG "c") ADDTO (0 8)']


def test_with_notify_one_fetch_tells_what_both_asked_for(both: tuple[Client, Client]) -> None:
    """RFC 5465 §5.2: EXISTS, ESEARCH, FETCH."""
    mine, theirs = both
    mine.ok(b"NOTIFY SET (SELECTED (MessageNew (UID RFC822.SIZE) MessageExpunge))")
    ask(mine, b"c", b"SEARCH RETURN (UPDATE (UID FLAGS)) UNSEEN")
    theirs.append(message("f"))
    size = len(message("f"))
    assert [mine.read() for _ in range(3)] == [
        b"* 6 EXISTS", b'* ESEARCH (TAG "c") ADDTO (0 6)', b"* 6 FETCH (UID 6 RFC822.SIZE %d FLAGS ())" % size,
    ]  # fmt: skip
    theirs.append(message("f"), flags=b"(\\Seen)")
    assert [mine.read(), mine.read()] == [b"* 7 EXISTS", b"* 7 FETCH (UID 7 RFC822.SIZE %d)" % size]


@pytest.mark.parametrize("command", [
    b"NOTIFY SET (SELECTED-DELAYED (MessageNew (BODY.PEEK[]) MessageExpunge))", b"SEARCH RETURN (UPDATE (BODY.PEEK[])) ALL",
])
def test_contents_are_read_one_in_a_turn(
    both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch, command: bytes
) -> None:
    mine, theirs = both
    mine.ok(command)
    steps: list[str] = []
    read, breathe = fetch.read_content, Session.breathe

    def note_read(account: MailAccount, message: MessageId, piece: tuple[int, int] | None = None) -> bytes:
        steps.append("read")
        return read(account, message, piece)

    async def note_breath(session: Session) -> None:
        steps.append("breathe")
        await breathe(session)

    monkeypatch.setattr(fetch, "read_content", note_read)
    monkeypatch.setattr(Session, "breathe", note_breath)
    theirs.ok(b"APPEND INBOX {} {} {}", *map(message, "fgh"))
    told = [mine.read() for _ in range(4)] if command.startswith(b"NOTIFY") else mine.ok(b"NOOP").find(b"BODY[]")
    assert len([each for each in told if b"BODY[]" in each]) == 3
    mine.ok(b"NOOP")
    assert steps.count("read") == 3
    assert ("read", "read") not in pairwise(steps)


def test_many_changes_are_told_in_slices(both: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs = both
    monkeypatch.setattr(news, "AT_ONCE", 2)
    ask(mine, b"c", b"SEARCH RETURN (UPDATE) UNSEEN")
    theirs.ok(b"STORE 3:5 +FLAGS.SILENT (\\Seen)")
    assert mine.ok(b"NOOP").find(b"ESEARCH") == [
        b'* ESEARCH (TAG "c") REMOVEFROM (0 3:4)', b'* ESEARCH (TAG "c") REMOVEFROM (0 5)',
    ]  # fmt: skip
