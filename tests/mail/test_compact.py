"""Compaction: what was erased is nowhere, what lives is whole."""

import errno

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.models import JournalEntry
from corneille.kernel.refusal import Busy
from corneille.mail import store
from corneille.mail.backup import backup
from corneille.mail.compact import Compacted, compact, demand_erasure, erase, measure_compaction
from corneille.mail.fetch import fetch, read_content, read_contents
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import copy, expunge
from corneille.mail.store import compaction
from corneille.mail.store.erasure import find_owed
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.store.segments_held import segments_held
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.mail.conftest import File, mailbox_of
from tests.mail.letter import letter

ALL = [(Uid(1), Uid(2**32 - 1))]


def delete(account: MailAccount, inbox: MailboxId, *uids: int) -> None:
    some = [Uid(uid) for uid in uids]
    flag(account, inbox, some, FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox, some).result(10)


def octets(ground: Ground) -> bytes:
    return b"".join(path.read_bytes() for path in ground.data.glob("mail/0/segments/*"))


def contents(account: MailAccount, mailbox: MailboxId) -> list[bytes]:
    rows = [row for rows in fetch(account, mailbox, ALL) for row in rows]
    return [read_content(account, row.id) for row in rows]


@pytest.fixture
def erased(account: MailAccount, inbox: MailboxId, file: File) -> MailAccount:
    """Six messages, of which two went, and one went from INBOX only."""
    for number in range(6):
        file(letter(f"Sujet {number}", "corps " * 200))
    copy(account, inbox, [Uid(3)], mailbox_of(account, "Archive")).result(10)
    delete(account, inbox, 2, 3, 5)
    return account


def test_what_was_erased_is_in_no_segment_and_the_rest_is_whole(
    ground: Ground, erased: MailAccount, inbox: MailboxId
) -> None:
    assert b"Sujet 1" in octets(ground)
    told = list(erase())[-1]
    assert (told.removed_count, told.damaged_count) == (1, 0)
    assert told.freed_bytes > 2400
    left = octets(ground)
    assert b"Sujet 1" not in left
    assert b"Sujet 4" not in left
    assert contents(erased, inbox) == [letter(f"Sujet {number}", "corps " * 200) for number in (0, 3, 5)]
    assert contents(erased, mailbox_of(erased, "Archive")) == [letter("Sujet 2", "corps " * 200)]
    assert [each for each in verify() if isinstance(each, Finding)] == []


def test_a_second_compaction_finds_nothing_to_do(erased: MailAccount) -> None:
    list(erase())
    assert list(erase())[-1].removed_count == 0


def test_what_was_won_and_what_waits_are_told(erased: MailAccount) -> None:
    before = measure_compaction()
    assert (before.at_s, before.freed_bytes) == (None, 0)
    assert before.waiting_bytes == len(letter("Sujet 1", "corps " * 200) + letter("Sujet 4", "corps " * 200))
    told = list(erase())[-1]
    after = measure_compaction()
    assert (after.freed_bytes, after.waiting_bytes) == (told.freed_bytes, 0)
    assert after.at_s is not None
    list(erase())
    assert measure_compaction() == after


def test_who_demanded_an_erasure_is_in_the_journal(erased: MailAccount) -> None:
    now = clock.now()
    assert list(demand_erasure(now, actor="cli"))[-1].removed_count == 1
    assert JournalEntry.objects.filter(action="erasure-demanded", actor="cli", subject=None, at=now).count() == 1


def test_little_waste_is_left_alone(ground: Ground, account: MailAccount, inbox: MailboxId, file: File) -> None:
    for number in range(10):
        file(letter(f"Sujet {number}"))
    delete(account, inbox, 1)
    assert list(compact())[-1].removed_count == 0
    assert b"Sujet 0" in octets(ground)


def test_a_reader_that_knew_the_old_place_finds_the_new_one(erased: MailAccount, inbox: MailboxId) -> None:
    rows = [row for rows in fetch(erased, inbox, ALL) for row in rows]
    reading = read_contents(erased, rows)
    first = next(reading)[1]
    list(erase())
    assert [first, *(content for _, content in reading)] == contents(erased, inbox)


def test_mail_arrives_while_segments_are_compacted(erased: MailAccount, inbox: MailboxId, file: File) -> None:
    for told in erase():
        assert isinstance(told, Compacted)
        file(letter("pendant"))
    assert contents(erased, inbox).count(letter("pendant")) >= 1
    assert [each for each in verify() if isinstance(each, Finding)] == []


def test_the_index_is_rebuilt_after_a_compaction_without_what_was_erased(
    ground: Ground, erased: MailAccount, inbox: MailboxId
) -> None:
    list(erase())
    delete(erased, inbox, 4)
    store.current().close()
    (ground.data / "mail/0/index.sqlite3").unlink()
    list(rebuild_index(ground.data / "mail/0", {}))
    store.install(store.open_store(ground.data / "mail", slot=0))
    subjects = sorted(content.split(b"\r\n")[2] for content in contents(erased, mailbox_of(erased, "INBOX")))
    assert subjects == [b"Subject: Sujet 0", b"Subject: Sujet 2", b"Subject: Sujet 5"]
    store.current().close()


def test_an_interrupted_compaction_brings_nothing_back_and_doubles_nothing(
    ground: Ground, erased: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(turn: object, number: int, before_s: int, freed_bytes: int) -> bool:
        raise Interrupted

    monkeypatch.setattr("corneille.mail.store.compaction._forget", interrupt)
    with pytest.raises(Interrupted):
        list(erase())
    assert [each for each in verify() if isinstance(each, Finding)] == []
    delete(erased, inbox, 6)  # its record lies in two segments
    store.current().close()
    (ground.data / "mail/0/index.sqlite3").unlink()
    list(rebuild_index(ground.data / "mail/0", {}))
    store.install(store.open_store(ground.data / "mail", slot=0))
    subjects = sorted(content.split(b"\r\n")[2] for content in contents(erased, mailbox_of(erased, "INBOX")))
    assert subjects == [b"Subject: Sujet 0", b"Subject: Sujet 2", b"Subject: Sujet 3"]
    store.current().close()


def test_a_damaged_segment_is_left_as_it_is(ground: Ground, erased: MailAccount) -> None:
    (path,) = ground.data.glob("mail/0/segments/*")
    raw = path.read_bytes()
    where = raw.index(b"Sujet 3")
    path.write_bytes(raw[:where] + b"XXXXX" + raw[where + 5 :])
    told = list(erase())[-1]
    assert (told.damaged_count, told.removed_count) == (1, 0)
    assert path.exists()


def test_backup_and_compaction_wait_for_one_another(ground: Ground, erased: MailAccount) -> None:
    running = backup(ground.data, ground.data / "copy")
    for told in running:
        if told.part == "segments":
            with pytest.raises(Busy):
                list(compact())
    assert list(erase())[-1].removed_count == 1


def test_a_segment_in_which_something_lives_again_is_written_on(
    erased: MailAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_forget", lambda *_: False)
    left: list[int] = []
    monkeypatch.setattr(store.current().shard(0), "abandon", left.append)
    assert list(erase())[-1].removed_count == 0
    assert left == []


def erase_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the end of the segment's file, which stays."""

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "killed here")

    with monkeypatch.context() as context:
        context.setattr(compaction, "remove_file", fail)
        with pytest.raises(OSError, match="killed here"):
            list(erase())


def test_a_segment_that_a_kill_left_without_rows_goes_at_the_next_opening(
    ground: Ground, erased: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the commit that forgets what was in it and the end of its file."""
    erase_in_vain(monkeypatch)
    assert b"Sujet 1" in octets(ground)
    store.current().close()
    store.install(store.open_store(ground.data / "mail", slot=0))
    assert b"Sujet 1" not in octets(ground)
    assert contents(erased, inbox) == [letter(f"Sujet {number}", "corps " * 200) for number in (0, 3, 5)]
    assert [each for each in verify() if isinstance(each, Finding)] == []
    assert find_owed(store.current().shard(0), "remove 1") is None
    store.current().close()


def test_a_segment_that_a_backup_copies_goes_when_that_is_over(
    ground: Ground, erased: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_in_vain(monkeypatch)
    store.current().close()
    kept = [letter(f"Sujet {number}", "corps " * 200) for number in (0, 3, 5)]
    with segments_held(ground.data / "mail/0", alone=False):  # as a backup does
        store.install(store.open_store(ground.data / "mail", slot=0))
        assert b"Sujet 1" in octets(ground)
        assert [each for each in verify(repair=True) if isinstance(each, Finding)] == []
        assert contents(erased, inbox) == kept
        store.current().close()
    store.install(store.open_store(ground.data / "mail", slot=0))
    assert b"Sujet 1" not in octets(ground)
    assert contents(erased, inbox) == kept
    store.current().close()


def test_a_segment_that_could_not_be_removed_goes_with_the_next_compaction(
    ground: Ground, erased: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_in_vain(monkeypatch)
    list(erase())
    assert b"Sujet 1" not in octets(ground)
    assert len(contents(erased, inbox)) == 3
