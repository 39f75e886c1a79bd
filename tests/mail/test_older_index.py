"""An index older than its segments, and segments of earlier versions: nothing is lost, doubled or kept for ever."""

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.compact import erase
from corneille.mail.mailbox import get_mailbox
from corneille.mail.remove import remove
from corneille.mail.store import check, opening, tail
from corneille.mail.store.content import Parcel, append_parcel
from corneille.mail.store.record import Kind, NotedPlace, format_header
from corneille.mail.store.segment import SegmentWriter, walk_segment
from corneille.mail.values import MailAccount
from corneille.mail.verify import Unclaimed
from corneille.run.ground import Ground
from tests.mail.conftest import File
from tests.mail.letter import letter
from tests.mail.spoiling import findings, rebuild, reopen, shard_folder, spoil, subjects


@pytest.fixture(autouse=True)
def _close_what_was_opened(ground: Ground) -> Iterator[None]:
    yield
    store.current().close()


def write_record(
    ground: Ground, place: NotedPlace, content: bytes, *, is_of_earlier_version: bool = False, committed: int = 50
) -> None:
    """Appends one, as a process that was killed then leaves it."""
    writer = SegmentWriter(shard_folder(ground) / "segments", 0, 2**30)
    if is_of_earlier_version:
        told = {"places": [place], "saved": 0, "id": hashlib.sha256(content).hexdigest()[:12]}
        note = json.dumps(told, separators=(",", ":")).encode()
        header = format_header(Kind.MESSAGE, note, len(content), 0, hashlib.sha256(content).digest())
        writer.append(header, note, (content,))
    else:
        append_parcel(writer, Parcel((content,), 0, (place,), len(content)), committed)
    writer.sync()
    writer.close()


def test_an_index_from_before_a_compaction_finds_what_was_moved(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File, tmp_path: Path
) -> None:
    filed = [file(letter(f"Sujet {number}")) for number in range(4)]
    remove(account, inbox, [filed[0].uid]).result(10)
    store.current().close()
    shutil.copy(shard_folder(ground) / "index.sqlite3", tmp_path / "older")
    reopen(ground)
    assert list(erase())[-1].removed_count == 1
    store.current().close()
    shutil.copy(tmp_path / "older", shard_folder(ground) / "index.sqlite3")
    reopen(ground)
    left = ["Sujet 1", "Sujet 2", "Sujet 3"]
    assert subjects(account) == left
    assert findings() == []
    rebuild(ground)
    assert subjects(account) == left


def test_what_can_be_filed_by_nobody_passes_over_no_numbers(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file(letter("un"))
    store.current().close()
    write_record(ground, NotedPlace(77, "INBOX", "", 1), letter("à personne"))
    for _ in range(3):
        reopen(ground)
        assert findings() == ["content-unfiled"]
        assert get_mailbox(account, inbox).uid_next == 2
        store.current().close()
    reopen(ground)


@pytest.mark.parametrize(
    ("unclaimed", "left"), [(Unclaimed.FILE, ["deux", "refusé", "un"]), (Unclaimed.DROP, ["deux", "un"])]
)
def test_what_an_earlier_version_left_is_decided_by_who_runs_the_service(
    ground: Ground, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch, unclaimed: Unclaimed, left: list[str]
) -> None:
    file(letter("un"))
    store.current().close()
    for _ in range(3):  # one letter, tried again and again at a full mailbox
        write_record(ground, NotedPlace(account.id, "INBOX", "", 1), letter("refusé"), is_of_earlier_version=True)
    with monkeypatch.context() as context:
        context.setattr(opening, "settle_on_opening", lambda *_: set())  # an earlier version filed on without a look at them
        reopen(ground)
    file(letter("deux"))
    assert set(findings(repair=True)) == {"content-unclaimed"}
    assert subjects(account) == ["deux", "un"]
    findings(unclaimed=unclaimed)
    assert subjects(account) == left
    assert findings() == []


def test_what_a_rebuild_of_an_earlier_version_left_out_keeps_no_segment_from_being_compacted(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    secret, _, last = (file(letter(subject)) for subject in ("secret", "deux", "trois"))
    remove(account, inbox, [secret.uid, last.uid]).result(10)
    store.current().close()
    reopen(ground)
    spoil(ground, "DELETE FROM content WHERE id = 1")
    assert findings() == []
    list(erase())
    assert not any(b"secret" in path.read_bytes() for path in (shard_folder(ground) / "segments").iterdir())


def test_a_copy_whose_original_is_damaged_is_no_waste(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file(letter("un", "élève"))
    store.current().close()
    segments = shard_folder(ground) / "segments"
    (path,) = segments.iterdir()
    raw, first = path.read_bytes(), next(iter(walk_segment(path)))
    writer = SegmentWriter(segments, 0, 2**30)
    writer.begin_next()
    writer.close()
    copy = max(segments.iterdir())
    copy.write_bytes(copy.read_bytes() + raw[first.record_offset : first.record_offset + first.header.record_bytes])
    reopen(ground)
    remove(account, inbox, [file(letter("deux")).uid]).result(10)
    with path.open("r+b") as stream:
        stream.seek(raw.index("élève".encode()))
        stream.write(b"XX")
    list(erase())
    findings(repair=True)
    assert findings() == []
    assert subjects(account) == ["un"]


def test_what_was_expunged_after_the_index_was_copied_stays_so_whoever_noted_it(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File, tmp_path: Path
) -> None:
    """Another process noted it, in a segment where it filed nothing."""
    file(letter("un"))
    store.current().close()
    shutil.copy(shard_folder(ground) / "index.sqlite3", tmp_path / "older")
    reopen(ground)
    filed = [file(letter(subject)) for subject in ("deux", "trois", "quatre")]
    store.current().close()
    store.install(store.open_store(ground.data / "mail", slot=1))
    remove(account, inbox, [filed[0].uid]).result(10)
    store.current().close()
    shutil.copy(tmp_path / "older", shard_folder(ground) / "index.sqlite3")
    reopen(ground)
    assert subjects(account) == ["quatre", "trois", "un"]


def test_what_a_crash_cut_off_after_a_rebuild_is_not_filed(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    """The records' numbers of before the rebuild are higher than there are contents after it."""
    filed = [file(letter(f"Sujet {number}")) for number in range(6)]
    remove(account, inbox, [each.uid for each in filed[:4]]).result(10)
    list(erase())
    rebuild(ground)
    store.current().close()
    segments = shard_folder(ground) / "segments"
    records = [found for path in sorted(segments.iterdir()) for found in walk_segment(path)]
    kept = [found for found in records if found.header.kind is Kind.MESSAGE][-1]
    raw = (segments / f"{kept.position.segment:08d}.segment").read_bytes()
    copy = max(segments.iterdir())  # a compaction was killed after it had copied the record
    copy.write_bytes(copy.read_bytes() + raw[kept.record_offset : kept.record_offset + kept.header.record_bytes])
    write_record(ground, NotedPlace(account.id, "INBOX", "", 1), letter("coupé"), committed=2)
    reopen(ground)
    assert subjects(account) == ["Sujet 4", "Sujet 5"]
    assert findings() == []


@pytest.mark.parametrize("fault", [apsw.FullError, apsw.BusyError])
def test_a_store_opens_although_there_is_no_room_to_settle_what_a_crash_cut_off(
    ground: Ground, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch, fault: type[apsw.Error]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    file(letter("un"))
    store.current().close()
    write_record(ground, NotedPlace(account.id, "INBOX", "", 1), letter("coupé"), committed=1)
    with monkeypatch.context() as context:
        context.setattr(tail, "give_up", refuse)
        reopen(ground)
    assert subjects(account) == ["un"]
    file(letter("deux"))  # in another segment: after the record it would hide it
    store.current().close()
    reopen(ground)
    assert findings() == []
    assert subjects(account) == ["deux", "un"]


def test_an_older_index_does_not_open_before_there_is_room_to_file_what_it_has_lost(
    ground: Ground, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise apsw.FullError

    file(letter("un"))
    store.current().close()
    write_record(ground, NotedPlace(account.id, "INBOX", "", 1), letter("perdu"))
    with monkeypatch.context() as context:
        context.setattr(tail, "adopt", refuse)
        with pytest.raises(apsw.FullError):
            reopen(ground)
    reopen(ground)
    assert subjects(account) == ["perdu", "un"]


def test_what_is_given_up_is_named_in_the_log(
    ground: Ground, account: MailAccount, file: File, caplog: pytest.LogCaptureFixture
) -> None:
    file(letter("un"))
    store.current().close()
    write_record(ground, NotedPlace(account.id, "INBOX", "", 1), letter("coupé"), committed=1)
    reopen(ground)
    (told,) = [record for record in caplog.records if record.name == tail.__name__]
    assert told.count == 1  # type: ignore[attr-defined]
    assert [each.split(":")[0] for each in told.positions] == ["1"]  # type: ignore[attr-defined]


def keep_index(ground: Ground, target: Path) -> None:
    """A copy of the index as it is between two commits, log and all."""
    with closing(apsw.Connection(str(shard_folder(ground) / "index.sqlite3"))) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def put_back(ground: Ground, kept: Path) -> None:
    """The store was killed, and its index is the one that was kept."""
    for path in shard_folder(ground).glob("index.sqlite3*"):
        path.unlink()
    shutil.copy(kept, shard_folder(ground) / "index.sqlite3")


def test_an_index_that_lost_exactly_its_last_commit_is_told_from_a_crash(
    ground: Ground, account: MailAccount, file: File, tmp_path: Path
) -> None:
    file(letter("un"))
    keep_index(ground, tmp_path / "kept")
    file(letter("dernier"))
    store.current().close()
    put_back(ground, tmp_path / "kept")
    reopen(ground)
    assert subjects(account) == ["dernier", "un"]
    assert findings() == []
    rebuild(ground)
    assert subjects(account) == ["dernier", "un"]
    assert findings() == []


def test_what_says_how_far_the_index_had_come_is_no_promise(
    ground: Ground, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that takes no more octets of it harms no commit."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as context:
        context.setattr(SegmentWriter, "mark", refuse)
        file(letter("un"))
    file(letter("deux"))
    assert subjects(account) == ["deux", "un"]
    assert findings() == []


def test_octets_that_are_lost_are_written_anew_from_what_nobody_has(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    """The only whole copy, which an earlier version took for waste and told as dropped."""
    content = letter("un", "élève")
    file(content)
    twin = file(content)
    remove(account, inbox, [twin.uid]).result(10)
    store.current().close()
    (path,) = (shard_folder(ground) / "segments").iterdir()
    raw = path.read_bytes()
    path.write_bytes(raw.replace("élève".encode(), b"XX" * 3 + b"X", 1))
    reopen(ground)
    spoil(ground, "DELETE FROM deleted")
    assert findings() == ["content-damaged"]
    assert findings(repair=True) == ["content-damaged"]
    assert findings() == []
    assert subjects(account) == ["un"]
    rebuild(ground)
    assert subjects(account) == ["un"]


def test_what_a_segment_knows_is_asked_once_however_much_it_does_not(
    ground: Ground, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        file(letter(f"{number}"))
    file(letter("dernier"))
    spoil(ground, "DELETE FROM content WHERE id <= 5")
    asked: list[int] = []
    known = check.list_known_offsets

    def count(connection: apsw.Connection, segment: int) -> set[int]:
        asked.append(segment)
        return known(connection, segment)

    monkeypatch.setattr(check, "list_known_offsets", count)
    assert findings().count("content-unfiled") == 5
    assert asked == [1, 1]
