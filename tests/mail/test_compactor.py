"""Compaction by itself: quiet hours, thresholds, and octets that are in no file any more once their time has come."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from corneille.kernel import clock
from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import DiskFull
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.compact import Compactor, compact, erase
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import expunge
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.store.segment import list_segments, unwritten
from corneille.mail.values import MailAccount, NewMessage
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground, load_settings
from tests.mail.conftest import File, mailbox_of
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import letter
from tests.mail.test_compact import contents

NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # half past two in Paris
SECRET = b"kilimandjaro"


class Calendar(clock.SystemClock):
    """A clock whose day the test sets; durations are real."""

    def __init__(self) -> None:
        self.at = NIGHT

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    before, calendar = clock._clock, Calendar()
    clock.install(calendar)
    yield calendar
    clock.install(before)


def work(calendar: Calendar, days: float = 0) -> None:
    """A night's work, so many days later."""
    calendar.at += timedelta(days=days)
    Compactor().work(calendar.at)


def delete(account: MailAccount, inbox: MailboxId, *uids: int) -> None:
    some = [Uid(uid) for uid in uids]
    flag(account, inbox, some, FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox, some).result(10)


def files_with(data: Path, word: bytes) -> set[str]:
    """The kinds of file in which the word stands, in whatever case."""
    found = (path for path in data.rglob("*") if path.is_file() and word in path.read_bytes().lower())
    return {path.suffix if path.suffix == ".segment" else path.name for path in found}


@pytest.fixture
def filed(calendar: Calendar, file: File) -> None:
    """Ten long messages and, third of them, a short one that will have to go."""
    for number in range(10):
        file(letter(f"Sujet {number}", "corps " * 500))
        if number == 2:
            file(letter("Le Kilimandjaro", f"On monte au {SECRET.decode()} lundi.", x_note=SECRET.decode()))
    wait_until_indexed()


@pytest.mark.usefixtures("filed")
def test_what_was_deleted_is_in_no_file_once_its_time_has_come(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId
) -> None:
    assert ".segment" in files_with(ground.data, SECRET)
    assert files_with(ground.data, SECRET) & {"index.sqlite3", "index.sqlite3-wal"}
    delete(account, inbox, 4)
    wait_until_indexed()
    work(calendar, 29)
    assert ".segment" in files_with(ground.data, SECRET)  # it can still be brought back
    work(calendar, 1 + 7)  # its segment has little waste: it waits for erase_within_days
    assert ".segment" not in files_with(ground.data, SECRET)
    work(calendar, 7)
    assert files_with(ground.data, SECRET) == set()
    assert len(contents(account, inbox)) == 10
    assert [each for each in verify() if isinstance(each, Finding)] == []


@pytest.mark.usefixtures("filed")
def test_on_demand_it_is_in_no_file_at_once(ground: Ground, account: MailAccount, inbox: MailboxId) -> None:
    delete(account, inbox, 4)
    wait_until_indexed()
    told = list(erase())[-1]
    assert told.removed_count == 1
    assert files_with(ground.data, SECRET) == set()
    assert len(contents(account, inbox)) == 10


@pytest.mark.usefixtures("filed")
def test_a_demand_is_met_by_the_process_that_writes_the_segment(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId
) -> None:
    delete(account, inbox, 4)
    other = store.open_store(ground.data / "mail", slot=1)
    mine = store.current()
    store.install(other)
    assert list(erase())[-1].removed_count == 0  # the first process holds it
    store.install(mine)
    assert ".segment" in files_with(ground.data, SECRET)
    calendar.at = NIGHT.replace(hour=12)  # at any hour
    work(calendar)
    assert ".segment" not in files_with(ground.data, SECRET)
    other.close()


@pytest.mark.usefixtures("filed")
def test_waste_of_a_third_is_rewritten_as_soon_as_it_may_be(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId
) -> None:
    delete(account, inbox, 1, 2, 3, 4, 5)
    work(calendar, 29)
    assert list_segments(ground.data / "mail/0/segments") == [1]
    work(calendar, 1)
    assert list_segments(ground.data / "mail/0/segments") == [2]
    work(calendar)
    assert list_segments(ground.data / "mail/0/segments") == [2]  # nothing to do: no segment is begun for it


@pytest.mark.usefixtures("filed")
def test_what_can_still_be_brought_back_survives_the_rewriting_of_its_segment(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId
) -> None:
    delete(account, inbox, 1, 2, 3, 5)
    calendar.at += timedelta(days=10)
    delete(account, inbox, 4)
    work(calendar, 20)
    assert list_segments(ground.data / "mail/0/segments") == [2]
    assert ".segment" in files_with(ground.data, SECRET)
    wait_until_indexed()
    store.current().close()
    for path in (ground.data / "mail/0").glob("index*"):
        path.unlink()
    list(rebuild_index(ground.data / "mail/0", {}))
    store.install(store.open_store(ground.data / "mail", slot=0))
    assert len(contents(account, mailbox_of(account, "INBOX"))) == 6  # kept, and not brought back by itself
    store.current().close()


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize(("hour", "is_quiet"), [(23, False), (0, True), (3, True), (4, False), (11, False)])
def test_segments_are_rewritten_in_quiet_hours(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId, hour: int, is_quiet: bool
) -> None:
    delete(account, inbox, 1, 2, 3, 4, 5)
    calendar.at = NIGHT.replace(hour=hour)
    work(calendar, 31)
    assert (list_segments(ground.data / "mail/0/segments") == [2]) is is_quiet


@pytest.mark.usefixtures("filed")
def test_a_short_disk_does_not_wait_for_the_night(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId
) -> None:
    delete(account, inbox, 1, 2, 3, 4, 5)
    store.current().close()
    load_settings(ground.data, ground={"disk_reserve_bytes": 2**60})
    opened = store.open_store(ground.data / "mail", slot=0)
    store.install(opened)
    calendar.at = NIGHT.replace(hour=12)
    work(calendar, 31)
    assert list_segments(ground.data / "mail/0/segments") == [2]
    opened.close()


@pytest.mark.usefixtures("filed")
def test_a_damaged_segment_is_left_and_named_once(
    ground: Ground,
    calendar: Calendar,
    account: MailAccount,
    inbox: MailboxId,
    caplog: pytest.LogCaptureFixture,
) -> None:
    delete(account, inbox, 1, 2, 3, 4, 5)
    (path,) = ground.data.glob("mail/0/segments/*")
    raw = path.read_bytes()
    where = raw.index(b"Sujet 7")
    path.write_bytes(raw[:where] + b"XXXXX" + raw[where + 5 :])
    calendar.at += timedelta(days=31)
    compactor = Compactor()
    compactor.work(calendar.at)
    compactor.work(calendar.at)
    assert caplog.text.count("a damaged segment is left as it is") == 1
    assert path.exists()
    caplog.clear()


def test_another_process_lets_go_of_what_was_removed(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    for number in range(4):
        file(letter(f"Sujet {number}"))
    mine, other = store.current(), store.open_store(ground.data / "mail", slot=1)
    store.install(other)
    contents(account, inbox)
    assert list(other.shard(0).contents._files) == [1]
    store.install(mine)
    delete(account, inbox, 1, 2, 3)
    work(calendar, 31)
    store.install(other)
    work(calendar)
    assert list(other.shard(0).contents._files) == []
    assert contents(account, inbox) == [letter("Sujet 3")]
    store.install(mine)
    other.close()


def test_nothing_is_lost_where_a_segment_ends_within_a_group_while_another_process_compacts(
    ground: Ground, calendar: Calendar, account: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch, file: File
) -> None:
    """Between the end of a segment and the commit its last contents have no row: they are no waste."""
    file()
    mine, other = store.current(), store.open_store(ground.data / "mail", slot=1)
    shard = mine.shard(0)
    monkeypatch.setattr(shard._segments, "_limit_bytes", 1)
    sync, compacted = shard._segments.sync, list[int]()

    def compact_now() -> None:
        sync()
        if shard._segments._finished:  # the segment ended in this group, which is not committed yet
            store.install(other)
            compacted.extend(told.removed_count for told in compact(least_share=0))
            store.install(mine)

    monkeypatch.setattr(shard._segments, "sync", compact_now)
    both = [letter("avant"), letter("après")]
    append(account, inbox, [NewMessage(each, NIGHT) for each in both]).result(10)
    monkeypatch.undo()
    assert compacted
    assert contents(account, inbox)[1:] == both
    assert [each for each in verify() if isinstance(each, Finding)] == []
    other.close()


def test_what_was_refused_in_a_segment_that_ended_is_kept_from_other_processes_until_it_has_a_row(
    ground: Ground, account: MailAccount, inbox: MailboxId, monkeypatch: pytest.MonkeyPatch, file: File
) -> None:
    """A commit failed: the next one writes the row."""
    file()
    shard = store.current().shard(0)
    monkeypatch.setattr(shard._segments, "_limit_bytes", 1)
    ended = shard._segments.number
    commit = shard._writer._commit

    def fail(*_: object) -> None:
        raise apsw.FullError

    monkeypatch.setattr(shard._writer, "_commit", fail)
    with pytest.raises(DiskFull):
        append(account, inbox, [NewMessage(letter(each), NIGHT) for each in ("deux", "trois")]).result(10)
    with unwritten(shard.segments_folder, ended + 1) as is_free:
        assert not is_free
    monkeypatch.setattr(shard._writer, "_commit", commit)
    file()
    with unwritten(shard.segments_folder, ended + 1) as is_free:
        assert is_free
    assert [each for each in verify() if isinstance(each, Finding)] == []
