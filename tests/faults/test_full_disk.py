"""A full disk: writing is refused in time, and what was acknowledged stays whole."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from corneille.kernel.ids import MailAccountId, Uid
from corneille.kernel.refusal import DiskFull
from corneille.mail import store
from corneille.mail.append import Place, append, deliver
from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox, get_mailbox
from corneille.mail.move import expunge
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.store.segment import SegmentWriter
from corneille.mail.values import Filed, MailAccount, NewMessage, StorageFault
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground, load_settings
from tests.mail.letter import NOON, letter

ACCOUNT = MailAccount(MailAccountId(1))
ALL = [(Uid(1), Uid(2**32 - 1))]


def begin(folder: Path) -> store.Store:
    opened = store.open_store(folder, slot=0)
    store.install(opened)
    opened.shard(0).submit(lambda turn: begin_mail_account(turn, ACCOUNT.id, 10**12)).result(10)
    return opened


def deliver_until_full(size_bytes: int) -> list[tuple[Filed, bytes]]:
    """Delivers three at a time until the disk refuses; returns what was acknowledged."""
    filed: list[tuple[Filed, bytes]] = []
    is_full = False
    number = 0
    while not is_full:
        contents = []
        for _ in range(3):
            number += 1
            contents.append(letter(f"{number}", "x" * size_bytes))
        waiting = [(deliver(each, [Place(ACCOUNT)], received_at=NOON), each) for each in contents]
        for future, content in waiting:
            fault = future.exception(20)
            if fault is None:
                (outcome,) = future.result()
                assert isinstance(outcome, Filed)
                filed.append((outcome, content))
            else:
                assert isinstance(fault, DiskFull)
                is_full = True
    return filed


def check_sound(filed: list[tuple[Filed, bytes]]) -> None:
    inbox = find_mailbox(ACCOUNT, "INBOX")
    assert inbox is not None
    rows = [row for rows in fetch(ACCOUNT, inbox.id, ALL) for row in rows]
    assert {row.id for row in rows} == {each.id for each, _ in filed}
    for each, content in filed:
        assert read_content(ACCOUNT, each.id) == content
    assert [each for each in verify() if isinstance(each, Finding)] == []


@pytest.mark.parametrize("size_bytes", [300_000, 2_000])
def test_a_disk_that_fills_up_refuses_and_keeps_what_was_acknowledged(
    ground: Ground, small_disk: Path, size_bytes: int
) -> None:
    load_settings(ground.data, ground={"disk_reserve_bytes": 0})
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * 6_000_000)
    opened = begin(small_disk / "mail")
    filed = deliver_until_full(size_bytes)
    assert len(filed) >= 3
    assert os.statvfs(small_disk).f_bavail * 4096 < 2_000_000  # it was the disk that refused
    check_sound(filed)
    filler.unlink()
    (again,) = deliver(letter("après"), [Place(ACCOUNT)], received_at=NOON).result(10)
    assert isinstance(again, Filed)
    check_sound([*filed, (again, letter("après"))])
    opened.close()
    opened = store.open_store(small_disk / "mail", slot=0)
    store.install(opened)
    check_sound([*filed, (again, letter("après"))])
    opened.close()


def test_the_reserve_refuses_mail_while_flags_and_expunging_still_work(ground: Ground) -> None:
    opened = begin(ground.data / "other")
    inbox = find_mailbox(ACCOUNT, "INBOX")
    assert inbox is not None
    append(ACCOUNT, inbox.id, [NewMessage(letter("un"), NOON)] * 2).result(10)
    opened.close()

    load_settings(ground.data, ground={"disk_reserve_bytes": 2**60})
    opened = store.open_store(ground.data / "other", slot=0)
    store.install(opened)
    with pytest.raises(DiskFull):
        append(ACCOUNT, inbox.id, [NewMessage(letter("trois"), NOON)]).result(10)
    flag(ACCOUNT, inbox.id, [Uid(1)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    assert expunge(ACCOUNT, inbox.id).result(10) == (1,)
    assert get_mailbox(ACCOUNT, inbox.id).message_count == 1
    opened.close()


class _Broken(SegmentWriter):
    """A segment on a disk that answers with an error; the store must not know the difference."""

    fault = 0
    at = "append"

    def append(self, *given):  # type: ignore[no-untyped-def]
        if self.fault and self.at == "append":
            raise OSError(self.fault, os.strerror(self.fault))
        return super().append(*given)

    def sync(self) -> None:
        if self.fault and self.at == "sync":
            self.close()
            raise OSError(self.fault, os.strerror(self.fault))
        super().sync()


@pytest.mark.parametrize("at", ["append", "sync"])
@pytest.mark.parametrize(
    ("fault", "refusal"), [(errno.EIO, StorageFault), (errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull)]
)
def test_an_error_of_the_disk_refuses_and_the_next_write_works(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, fault: int, refusal: type[Exception], at: str
) -> None:
    monkeypatch.setattr("corneille.mail.store.shard.SegmentWriter", _Broken)
    opened = begin(ground.data / "other")
    (first,) = deliver(letter("un"), [Place(ACCOUNT)], received_at=NOON).result(10)
    monkeypatch.setattr(_Broken, "at", at)
    monkeypatch.setattr(_Broken, "fault", fault)
    with pytest.raises(refusal):
        deliver(letter("deux"), [Place(ACCOUNT)], received_at=NOON).result(10)
    monkeypatch.setattr(_Broken, "fault", 0)
    (third,) = deliver(letter("trois"), [Place(ACCOUNT)], received_at=NOON).result(10)
    assert isinstance(first, Filed)
    assert isinstance(third, Filed)
    check_sound([(first, letter("un")), (third, letter("trois"))])
    opened.close()


_LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
from corneille.kernel import wake
from corneille.mail import store
from tests.faults.test_full_disk import begin, check_sound, deliver_until_full
wake.install(wake.Wake(Path(sys.argv[1]) / "wake"))
opened = begin(Path(sys.argv[1]) / "mail")
filed = deliver_until_full(200_000)
assert 2 < len(filed) < 6, len(filed)
check_sound(filed)
opened.close()
print("sound")
"""


def test_a_file_that_may_not_grow_refuses_and_stays_sound(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    assert resource.RLIMIT_FSIZE is not None
    told = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path), root],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.stdout == "sound\n", told.stderr
