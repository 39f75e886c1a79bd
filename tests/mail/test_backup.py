"""A backup made while mail arrives comes back whole, elsewhere."""

import threading
from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.backup import BackupRefused, backup
from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import list_mailboxes
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
