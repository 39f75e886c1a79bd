"""An index older than its segments, and segments of earlier versions: nothing is lost, doubled or kept for ever."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.compact import erase
from corneille.mail.mailbox import get_mailbox
from corneille.mail.remove import remove
from corneille.mail.store import opening
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


def write_record(ground: Ground, place: NotedPlace, content: bytes, *, is_of_earlier_version: bool = False) -> None:
    """Appends one, as a process that was killed then leaves it."""
    writer = SegmentWriter(shard_folder(ground) / "segments", 0, 2**30)
    if is_of_earlier_version:
        told = {"places": [place], "saved": 0, "id": hashlib.sha256(content).hexdigest()[:12]}
        note = json.dumps(told, separators=(",", ":")).encode()
        header = format_header(Kind.MESSAGE, note, len(content), 0, hashlib.sha256(content).digest())
        writer.append(header, note, (content,))
    else:
        append_parcel(writer, Parcel((content,), 0, (place,), len(content)), committed=50)
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
        context.setattr(opening, "settle_tails", lambda *_: None)  # an earlier version filed on without a look at them
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
