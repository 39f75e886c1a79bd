"""An index that is lost, or older than its segments, loses no mail and doubles none."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.append import Place, append, deliver
from corneille.mail.changes import list_changes
from corneille.mail.compact import erase
from corneille.mail.fetch import fetch
from corneille.mail.mailbox import get_mailbox
from corneille.mail.store.content import Parcel, append_parcel
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.store.record import NotedPlace
from corneille.mail.store.segment import SegmentWriter
from corneille.mail.store.shard import Shard
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import IndexLost, MailAccount, NewMessage
from corneille.run.ground import Ground
from tests.mail.conftest import File, NewAccount
from tests.mail.letter import NOON, letter
from tests.mail.spoiling import ALL, findings, rebuild, reopen, shard_folder, spoil, subjects


@pytest.fixture(autouse=True)
def _close_what_was_opened(ground: Ground) -> Iterator[None]:
    yield
    store.current().close()


def lose_missing(index: Path) -> None:
    index.unlink()


def lose_cut(index: Path) -> None:
    index.write_bytes(b"")


def lose_rows(index: Path) -> None:
    """What is left of an index whose log went before it was ever written into the file."""
    connection = apsw.Connection(str(index))
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    connection.execute("DELETE FROM mail_account; DELETE FROM message; DELETE FROM content")
    connection.close()


def lose_to_junk(index: Path) -> None:
    index.write_bytes(b"\xee" * 8192)


def lose_pages(index: Path) -> None:
    content = index.read_bytes()
    index.write_bytes(content[:100] + b"\xee" * (len(content) - 100))


@pytest.mark.parametrize(
    ("lose", "why"),
    [
        (lose_missing, "missing"), (lose_cut, "missing"), (lose_rows, "empty"), (lose_to_junk, "corrupt"),
        (lose_pages, "corrupt"),
    ],
)  # fmt: skip
def test_a_lost_index_is_not_replaced_by_an_empty_one_and_a_rebuild_brings_all_back_without_a_restart(
    ground: Ground, account: MailAccount, file: File, lose: object, why: str
) -> None:
    for number in range(5):
        file(letter(f"Sujet {number}"))
    store.current().close()
    lose(shard_folder(ground) / "index.sqlite3")  # type: ignore[operator]
    reopen(ground)
    with pytest.raises(IndexLost) as lost:
        list(erase())
    assert lost.value.data["why"] == why
    refused = deliver(letter("pendant"), [Place(account)], received_at=NOON).exception(10)
    assert isinstance(refused, IndexLost)
    assert refused.temporary
    assert list(rebuild_index(shard_folder(ground), {}))[-1].message_count == 5
    assert subjects(account) == [f"Sujet {number}" for number in range(5)]
    assert findings() == []


def test_an_index_that_goes_while_it_is_open_takes_no_more_changes(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file(letter("avant"))
    (shard_folder(ground) / "index.sqlite3").unlink()
    refused = append(account, inbox, [NewMessage(letter("après"), NOON)]).exception(10)
    assert isinstance(refused, IndexLost)
    rebuild(ground)
    assert subjects(account) == ["avant"]


def test_a_new_store_opens_though_a_segment_was_begun(ground: Ground) -> None:
    folder = ground.data / "other"
    store.open_store(folder, slot=0).close()
    writer = SegmentWriter(folder / "0/segments", 0, 10_000)
    writer.begin_next()
    writer.close()
    (folder / "0/index.sqlite3").unlink()
    opened = store.open_store(folder, slot=0)
    assert opened.list_shards() == [0]
    opened.shard(0)
    opened.close()


def test_what_a_crash_cut_off_before_its_commit_is_not_filed_and_is_no_finding(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file(letter("avant"))
    cut_off(ground, account, "coupé", committed=1)
    reopen(ground)
    assert subjects(account) == ["avant"]
    assert findings() == []
    append(account, inbox, [NewMessage(letter("coupé"), NOON)]).result(10)  # its sender tries again
    rebuild(ground)
    assert subjects(account) == ["avant", "coupé"]
    assert findings() == []


def cut_off(ground: Ground, account: MailAccount, subject: str, *, committed: int) -> None:
    """A durable record without its transaction."""
    store.current().close()
    writer = SegmentWriter(shard_folder(ground) / "segments", 0, 2**30)
    parcel = Parcel((letter(subject),), 0, (NotedPlace(account.id, "INBOX", "", 1),), len(letter(subject)))
    append_parcel(writer, parcel, committed)
    writer.sync()
    writer.close()


def test_what_an_older_index_has_lost_is_filed_again_once_and_under_no_uid_given_before(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File, tmp_path: Path
) -> None:
    file(letter("un"))
    store.current().close()
    shutil.copy(shard_folder(ground) / "index.sqlite3", tmp_path / "older")
    reopen(ground)
    seen = [file(letter(subject)) for subject in ("deux", "trois", "quatre")][-1]
    before = get_mailbox(account, inbox)
    store.current().close()
    shutil.copy(tmp_path / "older", shard_folder(ground) / "index.sqlite3")
    reopen(ground)
    assert subjects(account) == ["deux", "quatre", "trois", "un"]
    uids = [row.uid for rows in fetch(account, inbox, ALL) for row in rows]
    assert min(uids[1:]) > before.uid_next
    assert get_mailbox(account, inbox).highest_modseq > before.highest_modseq
    assert file(letter("cinq")).id > seen.id
    assert findings() == []
    rebuild(ground)
    assert subjects(account) == ["cinq", "deux", "quatre", "trois", "un"]


def test_a_message_without_a_row_is_kept_by_a_compaction_named_and_filed_again(
    ground: Ground, account: MailAccount, file: File
) -> None:
    for number in range(3):
        file(letter(f"Sujet {number}"))
    spoil(ground, "DELETE FROM message WHERE uid = 2; DELETE FROM content WHERE id = 2")
    told = list(erase())[-1]
    assert (told.removed_count, told.damaged_count) == (0, 1)
    assert "content-unfiled" in findings()
    assert "content-unfiled" in findings(repair=True)
    assert findings(repair=True) == []
    assert subjects(account) == ["Sujet 0", "Sujet 1", "Sujet 2"]


def test_a_message_whose_content_has_no_row_is_filed_again(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file(letter("un"))
    file(letter("deux"))
    before = get_mailbox(account, inbox)
    spoil(ground, "DELETE FROM content WHERE id = 2")
    assert "message-stray" in findings()
    findings(repair=True)
    assert findings() == []
    changed = list_changes(account, inbox, before.highest_modseq)
    assert [uid for run in changed.vanished for uid in run] == [2]  # a program that was away drops the UID that it knew
    assert subjects(account) == ["deux", "un"]


def test_a_message_without_a_mailbox_comes_to_inbox(ground: Ground, account: MailAccount, file: File) -> None:
    file(letter("un"))
    spoil(ground, "UPDATE message SET mailbox = 999")
    findings(repair=True)
    assert findings() == []
    assert subjects(account) == ["un"]


def test_damaged_octets_are_taken_from_a_second_record_of_theirs(ground: Ground, account: MailAccount, file: File) -> None:
    """Which an older index's compaction, or a failed one, had left."""
    file(letter("un", "élève"))
    store.current().close()
    (path,) = shard_folder(ground).glob("segments/*")
    raw = path.read_bytes()
    path.write_bytes(raw + raw[24:])  # a compaction was killed after it had copied the record
    reopen(ground)
    assert findings() == []
    with path.open("r+b") as stream:
        stream.seek(raw.index("élève".encode()))
        stream.write(b"XX")
    assert findings() == ["content-damaged"]
    assert findings(repair=True) == ["content-damaged"]
    assert findings() == []
    assert subjects(account) == ["un"]
    rebuild(ground)
    assert subjects(account) == ["un"]


def test_a_segment_that_ends_within_a_message_is_rebuilt(ground: Ground, account: MailAccount, file: File) -> None:
    for number in range(3):
        file(letter(f"Sujet {number}"))
    store.current().close()
    (path,) = shard_folder(ground).glob("segments/*")
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.index(b"Sujet 2")])
    reopen(ground)
    rebuild(ground)
    assert subjects(account) == ["Sujet 0", "Sujet 1"]


def test_a_delivery_to_a_full_mail_account_writes_nothing(ground: Ground, new_account: NewAccount) -> None:
    full = new_account(100)
    for _ in range(4):
        deliver(letter("trop"), [Place(full)], received_at=NOON).result(10)
    assert not list(shard_folder(ground).glob("segments/*"))


@contextmanager
def held(shard: Shard) -> Iterator[None]:
    """What is submitted within comes into one group."""
    begun, may_end = threading.Event(), threading.Event()

    def apply(turn: Transaction) -> None:
        begun.set()
        assert may_end.wait(10)

    shard.submit(apply)
    assert begun.wait(10)
    yield
    may_end.set()


def test_what_was_refused_after_it_was_written_is_there_once_after_a_retry_and_a_rebuild(
    ground: Ground, new_account: NewAccount
) -> None:
    """Two deliveries find room, and there is room for one: the second is refused in its transaction."""
    size_bytes = len(letter("a" * 40))
    narrow, wide = new_account(size_bytes + 10), new_account()
    shard = store.current().shard(0)
    with held(shard):
        first = deliver(letter("a" * 40), [Place(narrow)], received_at=NOON)
        second = deliver(letter("b" * 40), [Place(narrow), Place(wide)], received_at=NOON)
    first.result(10)
    refused, filed = second.result(10)
    assert (getattr(refused, "code", ""), getattr(filed, "uid", 0)) == ("over-quota", 1)
    assert findings() == []
    spoil(ground, f"UPDATE mail_account SET quota_bytes = 1000000 WHERE id = {narrow.id}")
    deliver(letter("b" * 40), [Place(narrow)], received_at=NOON).result(10)
    rebuild(ground)
    assert subjects(narrow) == ["a" * 40, "b" * 40]
    assert subjects(wide) == ["b" * 40]
    assert findings() == []
