"""Whose turn it is on the loop: long answers wait for one another, short ones for nobody, large messages hold nobody up."""

import threading
from collections.abc import Callable

import pytest

from corneille.doors.frame.single_file import SingleFile
from corneille.doors.imap import content_reply, extended_reply, selected, session
from corneille.doors.imap.commands import copy, store
from corneille.doors.imap.connection import Connection
from corneille.kernel.ids import MessageId
from corneille.mail import changes, fetch, slices
from corneille.mail.store.segment import SegmentReader
from corneille.mail.values import MailAccount
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.shared import INBOX

LONG = message("long", "Bonjour à tous.\r\n" * 20_000)  # more than one gathers before it leaves


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who waited in the single file."""
    noted: list[str] = []
    wait = SingleFile.wait

    async def note(file: SingleFile) -> None:
        noted.append(threading.current_thread().name)
        await wait(file)

    monkeypatch.setattr(SingleFile, "wait", note)
    return noted


@pytest.fixture
def five(client: Client) -> Client:
    for subject in "abcd":
        client.append(message(subject))
    client.append(LONG)
    client.ok(b"SELECT INBOX")
    return client


@pytest.mark.parametrize("command", [
    b"SEARCH ALL", b"SEARCH SUBJECT a TEXT bonjour", b"SEARCH RETURN (ALL COUNT) MODSEQ 1", b"SORT (SUBJECT) UTF-8 ALL",
    b"THREAD REFERENCES UTF-8 ALL", b"THREAD ORDEREDSUBJECT UTF-8 ALL", b"FETCH 1:4 FLAGS", b"FETCH 5 BODY.PEEK[]",
    b"SEARCH RETURN (UPDATE) UNSEEN",
])
def test_what_has_one_slice_waits_for_nobody(
    five: Client, waits: list[str], monkeypatch: pytest.MonkeyPatch, command: bytes
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 60.0)
    monkeypatch.setattr(session, "PIECE_BYTES", 2 * len(LONG))
    five.ok(command)
    assert waits == []


def test_a_resync_of_one_slice_waits_for_nobody(
    five: Client, waits: list[str]
) -> None:
    five.ok(b"ENABLE QRESYNC")
    validity = five.ok(b"SELECT INBOX").one(b"[UIDVALIDITY").split()[3].rstrip(b"]")
    assert len(five.ok(b"SELECT INBOX (QRESYNC (" + validity + b" 1))").find(b"FETCH")) >= 4
    assert waits == []


def test_what_changes_a_result_waits_for_nobody(
    five: Client, waits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 60.0)
    five.ok(b"SEARCH RETURN (UPDATE) UNSEEN")
    five.ok(b"UID SORT RETURN (UPDATE) (DATE) UTF-8 UNSEEN")
    assert len(five.ok(b"STORE 2 +FLAGS.SILENT (\\Seen)").find(b"REMOVEFROM")) == 2
    assert len(five.ok(b"STORE 2 -FLAGS.SILENT (\\Seen)").find(b"ADDTO")) == 2
    assert waits == []


@pytest.mark.parametrize(("command", "told"), [
    (b"SEARCH ALL", b"* SEARCH 1 2 3 4 5"), (b"SEARCH NOT 3", b"* SEARCH 1 2 4 5"),
    (b"UID SEARCH RETURN (ALL MAX COUNT) ALL", b" UID MAX 5 COUNT 5 ALL 1:5"), (b"SEARCH RETURN () NOT 3", b" ALL 1:2,4:5"),
    (b"SEARCH RETURN (PARTIAL 2:4) ALL", b" PARTIAL (2:4 2:4)"),
    (b"SORT (REVERSE ARRIVAL) UTF-8 SUBJECT a", b"* SORT 1"), (b"THREAD ORDEREDSUBJECT UTF-8 1:3", b"* THREAD (1)(2)(3)"),
])
def test_a_long_answer_is_made_over_several_turns(
    five: Client, waits: list[str], monkeypatch: pytest.MonkeyPatch, command: bytes, told: bytes
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 60.0)
    monkeypatch.setattr(extended_reply, "PIECES", 2)
    (reply,) = five.ok(command).untagged
    assert reply.endswith(told)
    assert waits


def test_the_modseq_of_a_long_result_is_looked_for_over_several_turns(
    five: Client, waits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    monkeypatch.setattr(fetch, "MODSEQS", 5)
    five.ok(b"STORE 1 +FLAGS (\\Seen)")
    highest = five.ok(b"FETCH 1 MODSEQ").one(b"MODSEQ (").split(b"(")[-1].rstrip(b")")
    waits.clear()
    assert five.ok(b"SEARCH MODSEQ 1").one(b"* SEARCH").endswith(b"(MODSEQ " + highest + b")")
    at_once_count = len(waits)
    monkeypatch.setattr(fetch, "MODSEQS", 2)
    waits.clear()
    assert five.ok(b"SEARCH MODSEQ 1").one(b"* SEARCH").endswith(b"(MODSEQ " + highest + b")")
    assert len(waits) == at_once_count + 2


def test_who_does_not_read_is_given_no_further_answer(
    five: Client, other: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsent: list[int] = []
    write = Connection.write

    def note(connection: Connection, data: bytes) -> None:
        write(connection, data)
        unsent.append(connection.unsent_bytes)

    monkeypatch.setattr(Connection, "write", note)
    commands = b"".join(b"p%d FETCH 5 BODY.PEEK[]\r\n" % number for number in range(60))
    five.send(commands)
    for _ in range(3):
        other.ok(b"NOOP")  # all that can be answered is, before any of it is read
    for number in range(60):
        assert five.read_end(b"p%d" % number).one(b"BODY[]").endswith(LONG + b")")
    assert max(unsent) < 3 * session.PIECE_BYTES


def test_a_large_answer_leaves_in_pieces(five: Client, waits: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write = Connection.write

    def note(connection: Connection, data: bytes) -> None:
        written.append(len(data))
        write(connection, data)

    monkeypatch.setattr(Connection, "write", note)
    monkeypatch.setattr(session, "PIECE_BYTES", 10_000)
    told = five.ok(b"FETCH 4:5 (UID BODY.PEEK[] FLAGS)").untagged
    assert told[0].startswith(b"* 4 FETCH (UID 4 FLAGS () BODY[] {")
    assert told[1] == b"* 5 FETCH (UID 5 FLAGS () BODY[] {%d}\r\n%b)" % (len(LONG), LONG)
    assert max(written) <= 10_000
    assert len(waits) > 20


class Held:
    """`read_content` that waits, and notes in which threads it was called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may_end, self.threads = threading.Event(), threading.Event(), list[str]()
        self._read = fetch.read_content
        monkeypatch.setattr(fetch, "read_content", self._note)
        monkeypatch.setattr(content_reply, "LARGE_BYTES", len(LONG))

    def _note(self, account: MailAccount, message: MessageId, piece: tuple[int, int] | None = None) -> bytes:
        self.threads.append(threading.current_thread().name)
        if self.threads[-1].startswith("bridge"):
            self.begun.set()
            assert self.may_end.wait(10)
        return self._read(account, message, piece)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def test_a_large_message_is_read_away_from_the_loop(five: Client, other: Client, held: Held) -> None:
    five.send(b"f FETCH 1,5 BODY.PEEK[TEXT]\r\n")
    assert held.begun.wait(10)
    other.ok(b"NOOP")
    held.may_end.set()
    assert len(five.read_end(b"f").find(b"BODY[TEXT]")) == 2
    assert [name.split("_")[0] for name in held.threads] == ["imap-loop", "bridge"]


def test_of_a_piece_of_a_large_message_no_more_is_read(five: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, size = list[int](), len(LONG)
    read = SegmentReader.read

    def note(reader: SegmentReader, segment: int, offset: int, size_bytes: int) -> bytes:
        if threading.current_thread().name == "imap-loop":  # not who fills the search index
            sizes.append(size_bytes)
        return read(reader, segment, offset, size_bytes)

    monkeypatch.setattr(SegmentReader, "read", note)
    for start, count in ((0, 10), (1000, 500), (size - 3, 50), (size, 9), (size + 9, 9)):
        piece = LONG[start : start + count]
        told = five.ok(b"FETCH 5 BODY.PEEK[]<%d.%d>" % (start, count)).untagged
        assert told == [b"* 5 FETCH (BODY[]<%d> {%d}\r\n%b)" % (start, len(piece), piece)]
    assert sizes == [10, 500, 3, 0, 0]


@pytest.mark.parametrize("command", [
    b"SEARCH RETURN (UPDATE (BODY.PEEK[])) SUBJECT long", b"NOTIFY SET (SELECTED (MessageNew (BODY.PEEK[]) MessageExpunge))",
])
def test_so_is_one_that_comes_and_is_told_with_its_contents(
    five: Client, other: Client, held: Held, command: bytes
) -> None:
    five.ok(command)
    other.append(LONG)
    five.send(b"n NOOP\r\n")
    assert held.begun.wait(10)
    other.ok(b"NOOP")
    held.may_end.set()
    told = [five.read()]
    while not (any(b"BODY[]" in each for each in told) and any(each.startswith(b"n OK") for each in told)):
        told.append(five.read())
    assert sum(LONG in each for each in told) == 1
    assert [name.split("_")[0] for name in held.threads] == ["bridge"]


def test_a_message_read_for_a_search_that_was_cancelled_meanwhile_is_not_told(
    five: Client, other: Client, held: Held
) -> None:
    five.ok(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge))")
    five.send(b"c SEARCH RETURN (UPDATE (BODY.PEEK[])) SUBJECT long\r\n")
    five.read_end(b"c")
    other.append(LONG)
    assert held.begun.wait(10)
    assert five.ok(b'CANCELUPDATE "c"').untagged == [b"* 6 EXISTS"]
    held.may_end.set()
    assert five.ok(b"NOOP").untagged == []
    assert five.ok(b"FETCH 6 BODY.PEEK[]").one(b"BODY[]")


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((changes, "MANY"), (selected, "TOLD_ROWS"), (store, "TOLD_ROWS")):
        monkeypatch.setattr(module, name, 2)


@pytest.mark.parametrize("way", [b"", b"ENABLE QRESYNC"])
def test_flags_of_very_many_messages_are_told_over_several_turns(
    five: Client, other: Client, waits: list[str], few_are_many: None, way: bytes
) -> None:
    if way:
        five.ok(way)
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1:4 +FLAGS.SILENT (\\Flagged)")
    other.ok(b"STORE 5 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    other.append(message("f"), flags=b"(\\Seen)")
    waits.clear()
    told = five.ok(b"NOOP").untagged
    gone = b"* VANISHED 5" if way else b"* 5 EXPUNGE"
    assert [each.partition(b" MODSEQ")[0].rstrip(b")") for each in told[:4]] == [
        b"* %d FETCH (UID %d FLAGS (\\Flagged" % (number, number) for number in range(1, 5)
    ]
    assert told[4:] == [gone, b"* 5 EXISTS"]
    assert len(waits) >= 2
    assert five.ok(b"NOOP").untagged == []
    other.ok(b"STORE 2 -FLAGS.SILENT (\\Flagged)")
    (again,) = five.ok(b"NOOP").untagged
    assert again.startswith(b"* 2 FETCH (UID 2 FLAGS ()")


def test_ones_own_store_of_very_many_is_told_once_over_several_turns(
    five: Client, other: Client, waits: list[str], few_are_many: None
) -> None:
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 4 +FLAGS.SILENT (\\Seen)")
    waits.clear()
    told = five.ok(b"STORE 1:3,5 +FLAGS (\\Answered)").untagged
    assert told == [
        *(b"* %d FETCH (FLAGS (\\Answered))" % number for number in (1, 2, 3, 5)),
        b"* 4 FETCH (UID 4 FLAGS (\\Seen))",
    ]
    assert len(waits) >= 3
    assert five.ok(b"NOOP").untagged == []


def test_a_client_that_idles_hears_of_very_many(five: Client, other: Client, few_are_many: None) -> None:
    five.send(b"i IDLE\r\n")
    assert five.read().startswith(b"+")
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1:5 +FLAGS.SILENT (\\Flagged)")
    assert [five.read() for _ in range(5)] == [
        b"* %d FETCH (UID %d FLAGS (\\Flagged))" % (number, number) for number in range(1, 6)
    ]
    five.send(b"DONE\r\n")
    assert five.read_end(b"i").untagged == []


def test_messages_are_carried_to_other_mail_away_from_the_loop(
    head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    for name in ("choose_carried", "carry"):
        work = getattr(copy, name)

        def note(*given: object, work: Callable[..., object] = work, **named: object) -> object:
            noted.append(threading.current_thread().name)
            return work(*given, **named)

        monkeypatch.setattr(copy, name, note)
    head.ok(b"SELECT " + INBOX)
    assert head.ok(b"COPY 1 INBOX").text.startswith("[COPYUID ")
    assert len(noted) == 2
    assert all(each.startswith("bridge") for each in noted)
