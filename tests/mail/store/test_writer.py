"""The writing thread: one for all, and nothing that one asker does harms another."""

import errno
import os
import threading
import zlib
from concurrent.futures import Future
from typing import Any

import apsw
import pytest

from corneille.kernel.ids import MailboxId
from corneille.kernel.refusal import Busy
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.criteria import TextHas
from corneille.mail.mailbox import get_mailbox
from corneille.mail.search import search
from corneille.mail.searchable import Texts, extract_texts
from corneille.mail.slices import finish
from corneille.mail.store import shard, writer
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.words import index_some
from corneille.mail.values import MailAccount, NewMessage, StorageFault
from tests.mail.conftest import File
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import NOON, letter


def hold_the_writer() -> "tuple[Future[None], threading.Event]":
    """A change that stays in its transaction until the event is set, so that what follows is one group."""
    begun, may_end = threading.Event(), threading.Event()

    def apply(turn: Transaction) -> None:
        begun.set()
        assert may_end.wait(10)

    future = store.current().shard(0).submit(apply)
    assert begun.wait(10)
    return future, may_end


def test_a_change_that_fails_is_undone_alone(account: MailAccount, inbox: MailboxId) -> None:
    held, may_end = hold_the_writer()
    shard = store.current().shard(0)

    def fail(turn: Transaction) -> None:
        turn.connection.execute("UPDATE mailbox SET name = 'gone' WHERE id = ?", (inbox,))
        raise ZeroDivisionError

    before = append(account, inbox, [NewMessage(letter("un"), NOON)])
    failing = shard.submit(fail)
    after = append(account, inbox, [NewMessage(letter("deux"), NOON)])
    may_end.set()
    assert held.result(10) is None
    assert [before.result(10)[0].uid, after.result(10)[0].uid] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        failing.result(10)
    assert get_mailbox(account, inbox).name == "INBOX"


def test_a_change_that_was_cancelled_in_time_is_not_done_and_the_others_are(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    held, may_end = hold_the_writer()
    cancelled = append(account, inbox, [NewMessage(letter("un"), NOON)])
    kept = append(account, inbox, [NewMessage(letter("deux"), NOON)])
    assert cancelled.cancel()
    assert not held.cancel()  # its turn has begun
    may_end.set()
    assert kept.result(10)[0].uid == 1
    assert file().uid == 2


def test_an_answer_whose_callback_fails_harms_nobody(
    account: MailAccount, inbox: MailboxId, file: File, caplog: pytest.LogCaptureFixture
) -> None:
    held, may_end = hold_the_writer()
    future = append(account, inbox, [NewMessage(letter("un"), NOON)])
    future.add_done_callback(lambda done: 1 // 0)
    may_end.set()
    assert future.result(10)[0].uid == 1
    assert file().uid == 2
    assert held.done()
    caplog.clear()


def test_a_watcher_that_fails_harms_nobody(account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(topic: str) -> None:
        raise OSError(topic)

    monkeypatch.setattr("corneille.kernel.wake.Wake.send", lambda self, topic: refuse(topic))
    assert [file().uid, file().uid] == [1, 2]


def test_changes_after_closing_are_refused_not_forgotten(account: MailAccount, inbox: MailboxId) -> None:
    waiting = [append(account, inbox, [NewMessage(letter(), NOON)]) for _ in range(30)]
    shard = store.current().shard(0)
    shard.close()
    assert [future.result(0)[0].uid for future in waiting] == list(range(1, 31))
    with pytest.raises(Busy):
        shard.submit(lambda turn: None).result(1)


def test_a_segment_that_ends_within_a_group_and_cannot_be_synced_refuses_all_that_it_held(
    account: MailAccount, inbox: MailboxId, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, may_end = hold_the_writer()
    shard = store.current().shard(0)
    sync, failed = os.fdatasync, [False]

    def fail_once(handle: int) -> None:
        if not failed[0]:
            failed[0] = True
            raise OSError(errno.EIO, "the medium is bad")
        sync(handle)

    monkeypatch.setattr(os, "fdatasync", fail_once)
    monkeypatch.setattr(shard._segments, "_limit_bytes", 1000)
    before = append(account, inbox, [NewMessage(letter("un") + b"x" * 1000, NOON)])
    behind = append(account, inbox, [NewMessage(letter("deux"), NOON)])
    may_end.set()
    for future in (before, behind):
        with pytest.raises(StorageFault):
            future.result(10)
    assert held.result(10) is None
    assert file().uid == 1


def test_a_text_that_trips_the_indexer_does_not_end_all_writing(
    account: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tripped = threading.Event()

    def trip(octets: bytes) -> None:
        tripped.set()
        raise ValueError(len(octets))

    monkeypatch.setattr("corneille.mail.store.words.extract_texts", trip)
    assert append(account, inbox, [NewMessage(letter("un"), NOON)]).result(10)[0].uid == 1
    assert tripped.wait(10)
    assert append(account, inbox, [NewMessage(letter("deux"), NOON)]).result(10)[0].uid == 2
    caplog.clear()


@pytest.mark.parametrize("fault", [ValueError, apsw.CorruptError, apsw.TooBigError])
def test_a_message_that_trips_the_indexer_is_left_out_and_those_after_it_are_found(
    account: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    fault: type[Exception],
) -> None:  # fmt: skip
    def trip(octets: bytes) -> Texts:
        if b"venin" in octets:
            raise fault(len(octets))
        return extract_texts(octets)

    monkeypatch.setattr("corneille.mail.store.words.extract_texts", trip)
    for subject in ("venin", "deux", "trois"):
        append(account, inbox, [NewMessage(letter(subject), NOON)]).result(10)
    wait_until_indexed()
    found = [finish(search(account, inbox, TextHas(word))) for word in ("deux", "trois")]
    assert found == [[2], [3]]
    assert "trips the indexer" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("fault", [zlib.error, apsw.CorruptError])
def test_a_message_whose_documents_cannot_be_read_is_found_by_its_own_words(
    account: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    fault: type[Exception],
) -> None:  # fmt: skip
    def trip(_connection: object, content: int, texts: Texts) -> Texts:
        if content == 1:
            raise fault(content)
        return texts

    monkeypatch.setattr("corneille.mail.store.words.with_attached", trip)
    for subject in ("kiwi", "ananas"):
        append(account, inbox, [NewMessage(letter(subject), NOON)]).result(10)
    wait_until_indexed()
    assert [finish(search(account, inbox, TextHas(word))) for word in ("kiwi", "ananas")] == [[1], [2]]
    caplog.clear()


def test_words_that_another_process_left_are_indexed_though_nothing_changes_here(
    account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "LOOK_AGAIN_S", 0.005)
    filed = file()
    wait_until_indexed()
    connection, indexed = store.current().shard(0).reader(), threading.Event()

    def look(*given: Any) -> bool:
        found = index_some(*given)
        if found:
            indexed.set()
        return found

    monkeypatch.setattr(shard, "index_some", look)
    with apsw.Connection(connection.filename) as other:
        other.execute("INSERT INTO words_pending VALUES (?, 0)", (filed.id,))
    assert indexed.wait(10)
