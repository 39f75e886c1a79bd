"""A backup made while mail arrives comes back whole, elsewhere."""

import sqlite3
import threading
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from corneille.calendar.skip_changes import skip_changes
from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import backup as backup_module
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.backup import BackupRefused, backup
from corneille.mail.changes import list_changes
from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import create_mailbox, get_mailbox, list_mailboxes
from corneille.mail.restore import RestoreRefused, restore
from corneille.mail.values import MailAccount, NewMessage
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground, open_ground
from tests.mail.conftest import File
from tests.mail.letter import letter, minutes


def test_a_backup_made_while_mail_arrives_comes_back_whole(
    ground: Ground, tmp_path: Path, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    for number in range(20):
        file(letter(f"avant {number}"))
    flag(account, inbox, [3], FlagChange.ADD, frozenset({"\\Flagged"})).result(10)  # type: ignore[list-item]
    is_done = threading.Event()

    def deliver_meanwhile() -> None:
        while not is_done.is_set():
            append(account, inbox, [NewMessage(letter("pendant"), minutes(1))]).result(10)

    other = threading.Thread(target=deliver_meanwhile)
    other.start()
    progress = list(backup(ground.data, tmp_path / "copy"))
    is_done.set()
    other.join()
    assert {each.part for each in progress} >= {"index", "segments", "database"}
    mailboxes = {each.name: each.uid_validity for each in list_mailboxes(account)}
    ground.store.close()

    list(restore(tmp_path / "copy", tmp_path / "elsewhere"))
    again = open_ground(tmp_path / "elsewhere")
    assert not [each for each in verify() if isinstance(each, Finding)]
    assert {each.name: each.uid_validity for each in list_mailboxes(account)} == mailboxes
    rows = [row for rows in fetch(account, inbox, [(1, 20)]) for row in rows]  # type: ignore[list-item]
    assert [read_content(account, row.id) for row in rows] == [letter(f"avant {number}") for number in range(20)]
    assert rows[2].flags == "\\Flagged"
    again.close()


def test_a_backup_ends_although_mail_never_stops_coming(
    ground: Ground, tmp_path: Path, account: MailAccount, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "STEP_PAGES", 5)
    for number in range(5):
        file(letter(f"avant {number}"))
    steps = [file() for each in islice(backup(ground.data, tmp_path / "copy"), 500) if each.part == "index"]
    with closing(sqlite3.connect(tmp_path / "copy/mail/0/index.sqlite3")) as copied:
        assert copied.execute("SELECT count(*) FROM message").fetchone() == (5,)
        pages = copied.execute("PRAGMA page_count").fetchone()[0]
    assert len(steps) == -(-pages // 5)


def test_no_number_that_a_program_knows_is_given_again(
    ground: Ground, tmp_path: Path, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file()
    list(backup(ground.data, tmp_path / "copy"))
    lost = file()
    flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"\\Flagged"})).result(10)
    known = get_mailbox(account, inbox)
    made = create_mailbox(account, "Sorties").result(10)
    ground.store.close()

    for folder in ("once", "twice"):
        list(restore(tmp_path / "copy", tmp_path / folder, [skip_changes]))
        again = open_ground(tmp_path / folder)
        told = list_changes(account, inbox, known.highest_modseq)
        assert [(uid, flags) for uid, _, flags in told.changed] == [(1, "")]  # the flag was lost too
        assert told.vanished == (range(2, told.uid_next),)
        assert get_mailbox(account, inbox).uid_validity == known.uid_validity
        came = append(account, inbox, [NewMessage(letter("après"), minutes(1))]).result(10)[0]
        assert came.uid > known.uid_next
        assert came.id != lost.id
        assert create_mailbox(account, "Sorties").result(10).uid_validity > made.uid_validity
        assert not [each for each in verify() if isinstance(each, Finding)]
        again.close()


def test_a_folder_with_something_in_it_takes_neither_backup_nor_restore(ground: Ground, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "here").touch()
    with pytest.raises(BackupRefused):
        list(backup(ground.data, full))
    list(backup(ground.data, tmp_path / "copy"))
    with pytest.raises(RestoreRefused) as refused:
        list(restore(tmp_path / "copy", full))
    assert refused.value.data["why"] == "not-empty"


def test_a_backup_that_was_not_finished_is_not_restored(ground: Ground, tmp_path: Path) -> None:
    list(backup(ground.data, tmp_path / "copy"))
    (tmp_path / "copy/backup.json").unlink()
    with pytest.raises(RestoreRefused) as refused:
        list(restore(tmp_path / "copy", tmp_path / "elsewhere"))
    assert refused.value.data["why"] == "unfinished"
    assert not (tmp_path / "elsewhere").exists()
    assert store.current() is not None
