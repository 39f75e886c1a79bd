"""Importing: everything once, whatever happens in the middle."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.import_messages import Progress, Source, import_messages
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.move import expunge
from corneille.mail.source.choose_source import SourceRefused
from corneille.mail.values import MailAccount, OverQuota, Row
from tests.corpus.malformed import KEPT_AS_THEY_ARE
from tests.mail.conftest import NewAccount

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
POSTMARK = b"From claire@ac-exemple.example Tue Nov 17 08:15:00 2026\n"


def message(number: int) -> bytes:
    return b"From: a@b.example\nSubject: Message %d\nStatus: RO\n\nTexte %d.\n" % (number, number)


def write_mbox(path: Path, numbers: range) -> Path:
    path.write_bytes(b"".join(POSTMARK + message(number) + b"\n" for number in numbers))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Beside the data directory that the tests stand on, not above it."""
    made = tmp_path / "folder"
    made.mkdir()
    return made


def run(account: MailAccount, path: Path, **source: object) -> Progress:
    return list(import_messages(account, Source(path, **source), NOW))[-1]  # type: ignore[arg-type]


def rows(account: MailAccount, name: str = "INBOX") -> list[Row]:
    mailbox = find_mailbox(account, name)
    assert mailbox is not None
    return [row for rows in fetch(account, mailbox.id, [(1, 2**32 - 1)]) for row in rows]  # type: ignore[list-item]


def names(account: MailAccount) -> dict[str, int]:
    return {mailbox.name: mailbox.message_count for mailbox in list_mailboxes(account) if mailbox.message_count}


def test_an_mbox_is_filed_in_its_order_with_its_flags_and_dates(account: MailAccount, folder: Path) -> None:
    done = run(account, write_mbox(folder / "old.mbox", range(250)))
    assert (done.filed_count, done.known_count, done.passed_over_count) == (250, 0, 0)
    filed = rows(account)
    assert [read_content(account, row.id) for row in filed] == [message(n).replace(b"\n", b"\r\n") for n in range(250)]
    assert {row.flags for row in filed} == {"\\Seen"}
    assert {row.received_at for row in filed} == {datetime(2026, 11, 17, 8, 15, tzinfo=UTC)}


def test_the_same_file_twice_files_nothing_twice(account: MailAccount, folder: Path) -> None:
    path = write_mbox(folder / "old.mbox", range(130))
    run(account, path)
    again = run(account, path)
    assert (again.filed_count, again.known_count) == (0, 130)
    assert len(rows(account)) == 130


def test_a_longer_file_adds_only_what_is_new(account: MailAccount, folder: Path) -> None:
    run(account, write_mbox(folder / "old.mbox", range(10)))
    assert run(account, write_mbox(folder / "old.mbox", range(15))).filed_count == 5


def test_an_interrupted_import_goes_on_where_it_was(account: MailAccount, folder: Path) -> None:
    path = write_mbox(folder / "old.mbox", range(350))
    interrupted = import_messages(account, Source(path), NOW)
    first = next(interrupted)
    assert 0 < first.filed_count < 350
    assert isinstance(interrupted, Iterator)
    interrupted.close()  # type: ignore[attr-defined]
    resumed = run(account, path)
    assert resumed.known_count == first.filed_count
    assert resumed.filed_count == 350 - first.filed_count
    assert len({read_content(account, row.id) for row in rows(account)}) == len(rows(account)) == 350


def test_a_message_that_was_expunged_may_be_imported_again(account: MailAccount, folder: Path) -> None:
    path = write_mbox(folder / "old.mbox", range(3))
    run(account, path)
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    uid = rows(account)[1].uid
    flag(account, inbox.id, [uid], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox.id).result(10)
    assert run(account, path).filed_count == 1


def test_a_message_twice_in_a_file_is_filed_once_and_in_two_folders_twice(account: MailAccount, folder: Path) -> None:
    for name in ("cur/1700000001.a:2,", "cur/1700000002.b:2,", ".Parents/cur/1700000003.c:2,"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(message(1))
    done = run(account, folder)
    assert (done.filed_count, done.known_count) == (2, 1)
    assert names(account) == {"INBOX": 1, "Parents": 1}


def test_folders_of_usual_names_go_where_they_belong(account: MailAccount, folder: Path) -> None:
    folders = ("Inbox", "Sent Items", "Corbeille", "Courrier indésirable", "Archives.sbd/2024", "Brouillons", "Projets")
    for number, name in enumerate(folders):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_mbox(folder / name, range(number, number + 1))
    run(account, folder)
    assert set(names(account)) == {"INBOX", "Sent", "Trash", "Junk", "Archive/2024", "Drafts", "Projets"}


def test_a_named_mailbox_takes_everything_below_it(account: MailAccount, folder: Path) -> None:
    write_mbox(folder / "Sent", range(2))
    (folder / "a.eml").write_bytes(message(9))
    run(account, folder, mailbox="Ancien poste")
    assert names(account) == {"Ancien poste": 1, "Ancien poste/Sent": 2}


def test_flat_puts_all_folders_into_one(account: MailAccount, folder: Path) -> None:
    write_mbox(folder / "Sent", range(2))
    write_mbox(folder / "Cours", range(2, 4))
    run(account, folder, keeps_folders=False)
    assert names(account) == {"INBOX": 4}


def test_what_is_passed_over_is_told_and_stops_nothing(account: MailAccount, folder: Path) -> None:
    (folder / "a.eml").write_bytes(message(1))
    (folder / "b.eml").write_bytes(b"")
    (folder / "c.eml").write_bytes(message(3))
    done = run(account, folder)
    assert (done.filed_count, done.passed_over_count) == (2, 1)
    assert [(each.place, each.why) for each in done.passed_over] == [("b.eml", "empty")]


def test_a_label_that_cannot_be_kept_does_not_lose_the_message(account: MailAccount, folder: Path) -> None:
    (folder / "cur").mkdir()
    (folder / "dovecot-keywords").write_text("0 mot clé\n".encode().decode("ascii", "ignore") + "1 (parens)\n")
    (folder / "cur/1700000001.a:2,Sb").write_bytes(message(1))
    (folder / "cur/1700000002.b:2,F").write_bytes(message(2))
    assert run(account, folder).filed_count == 2
    assert [row.flags for row in rows(account)] == ["\\Seen", "\\Flagged"]


def test_a_full_account_stops_the_import_and_more_room_lets_it_finish(new_account: NewAccount, folder: Path) -> None:
    account = new_account(9_000)
    path = write_mbox(folder / "old.mbox", range(250))
    with pytest.raises(OverQuota):
        run(account, path)
    kept = len(rows(account))
    assert kept < 250
    roomy = new_account()
    assert run(roomy, path).filed_count == 250


def test_a_date_nobody_knows_or_that_is_to_come_becomes_now(account: MailAccount, folder: Path) -> None:
    path = folder / "old.mbox"
    path.write_bytes(b"From -\n" + message(1) + b"\nFrom a Tue Nov 17 08:15:00 2093\n" + message(2) + b"\n")
    run(account, path)
    assert {row.received_at for row in rows(account)} == {NOW}


def test_malformed_messages_are_all_filed_byte_for_byte(account: MailAccount, folder: Path) -> None:
    for name, content in KEPT_AS_THEY_ARE.items():
        (folder / f"{name}.eml").write_bytes(content)
    run(account, folder)
    assert {read_content(account, row.id) for row in rows(account)} == set(KEPT_AS_THEY_ARE.values())


def test_a_source_that_is_not_there_is_refused_before_anything(account: MailAccount, folder: Path) -> None:
    with pytest.raises(SourceRefused):
        run(account, folder / "absent")
    assert names(account) == {}
