"""One altered bit anywhere in a segment: `verify` names what it touched, and everything else is read and rebuilt."""

import shutil
from pathlib import Path
from random import Random

import pytest

from corneille.kernel.ids import MailAccountId, Uid
from corneille.mail import store
from corneille.mail.append import Place, deliver
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.values import MailAccount, StorageFault
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.mail.letter import NOON, letter

ACCOUNT = MailAccount(MailAccountId(1))
SUBJECTS = [f"Sujet {number}" for number in range(8)]
ALL = [(Uid(1), Uid(2**32 - 1))]
NAMING = {"content-damaged", "segment-damaged"}


def begin(folder: Path) -> store.Store:
    opened = store.open_store(folder, slot=0)
    store.install(opened)
    return opened


def whole(subject: str) -> bytes:
    return letter(subject, "mot " * 60)


def read_all() -> tuple[set[bytes], int]:
    """The contents that are whole, and how many cannot be read."""
    inbox = find_mailbox(ACCOUNT, "INBOX")
    assert inbox is not None
    read, lost_count = set[bytes](), 0
    for row in (row for rows in fetch(ACCOUNT, inbox.id, ALL) for row in rows):
        try:
            read.add(read_content(ACCOUNT, row.id))
        except StorageFault:
            lost_count += 1
    return read, lost_count


@pytest.fixture
def template(ground: Ground, tmp_path: Path) -> Path:
    """Eight messages in one segment, closed."""
    folder = tmp_path / "template"
    opened = begin(folder)
    opened.shard(0).submit(lambda turn: begin_mail_account(turn, ACCOUNT.id, 10**9)).result(10)
    for subject in SUBJECTS:
        deliver(whole(subject), [Place(ACCOUNT)], received_at=NOON).result(10)
    opened.close()
    return folder


def alter(template: Path, folder: Path, at: int, bit: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    (path,) = folder.glob("0/segments/*.segment")
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << bit
    path.write_bytes(raw)


def test_one_bit_is_named_and_harms_one_message(
    template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (segment,) = template.glob("0/segments/*.segment")
    size_bytes, random = segment.stat().st_size, Random(5)
    places = [*range(24, 24 + 64, 3), *(random.randrange(24, size_bytes) for _ in range(30))]  # a head; anywhere
    places += range(size_bytes - 1, size_bytes - 79, -13)  # what the last commit said of itself
    known = {whole(subject) for subject in SUBJECTS}
    for at in places:
        alter(template, tmp_path / "mail", at, random.randrange(8))
        opened = begin(tmp_path / "mail")
        named = {each.code for each in verify(repair=True) if isinstance(each, Finding)}
        assert named, f"octet {at} was altered and nobody says so"
        assert named <= NAMING
        read, lost_count = read_all()
        assert len(read & known) >= len(SUBJECTS) - 1
        assert lost_count == 0  # altered octets are still octets; verify named them
        opened.close()
        for path in (tmp_path / "mail/0").glob("index*"):
            path.unlink()
        told = list(rebuild_index(tmp_path / "mail/0", {}))[-1]
        opened = begin(tmp_path / "mail")
        read, _ = read_all()
        assert read <= known, f"octet {at}: what was altered came back as if it were whole"
        assert len(read) >= len(SUBJECTS) - 1
        assert told.damaged_count > 0
        opened.close()
    caplog.clear()


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_segment_that_was_cut_keeps_what_is_before_the_cut(
    template: Path, tmp_path: Path, share: float, caplog: pytest.LogCaptureFixture
) -> None:
    (segment,) = template.glob("0/segments/*.segment")
    with segment.open("r+b") as stream:
        stream.truncate(int(segment.stat().st_size * share))
    opened = begin(template)
    named = [each for each in verify(repair=True) if isinstance(each, Finding) and each.code == "content-damaged"]
    read, lost_count = read_all()
    assert len(named) == lost_count > 0
    assert len(read) + lost_count == len(SUBJECTS)
    (filed,) = deliver(whole("après"), [Place(ACCOUNT)], received_at=NOON).result(10)
    assert filed
    assert whole("après") in read_all()[0]
    opened.close()
    caplog.clear()
