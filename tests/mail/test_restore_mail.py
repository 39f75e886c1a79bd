"""One mail account, or one message, comes back from a backup into a store that goes on serving."""

from pathlib import Path

import pytest

from corneille.kernel import clock
from corneille.kernel.journal import list_lines
from corneille.mail.append import append
from corneille.mail.backup import backup
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import create_mailbox, delete_mailbox, find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.restore import RestoreRefused
from corneille.mail.restore_mail import MailRestored, restore_mail
from corneille.mail.values import MailAccount, NewMessage
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.mail.letter import NOON, letter


@pytest.fixture
def paul(ground: Ground) -> tuple[Person, MailAccount]:
    add_domain("ac-demo.test", principal=True, now=NOON)
    person = add_person(NewPerson(AccountType.TEACHER, "Paul", "Martin", NOON))
    return person, create_mail_account(person.id, quota_bytes=10**7)


def file(account: MailAccount, name: str, *contents: bytes, flags: frozenset[str] = frozenset()) -> None:
    mailbox = find_mailbox(account, name)
    assert mailbox is not None
    append(account, mailbox.id, [NewMessage(each, NOON, flags) for each in contents]).result(10)


def read(account: MailAccount, name: str) -> list[tuple[bytes, str]]:
    mailbox = find_mailbox(account, name)
    assert mailbox is not None
    rows = [row for some in fetch(account, mailbox.id, [(1, 2**32 - 1)]) for row in some]  # type: ignore[list-item]
    return [(read_content(account, row.id), row.flags) for row in rows]


def bring(source: Path, person: Person, message_id: str = "") -> MailRestored:
    return list(restore_mail(source, person.id, clock.now(), actor="Nadia", reason="ticket", message_id=message_id))[-1]


def test_what_is_missing_comes_back_and_nothing_is_filed_twice(
    ground: Ground, paul: tuple[Person, MailAccount], tmp_path: Path
) -> None:
    person, account = paul
    create_mailbox(account, "Projet").result(10)
    file(account, "INBOX", letter("resté"))
    file(account, "Projet", letter("un"), letter("deux"), flags=frozenset({"\\Flagged"}))
    list(backup(ground.data, tmp_path / "copy"))
    delete_mailbox(account, "Projet").result(10)
    file(account, "INBOX", letter("depuis"))
    told = bring(tmp_path / "copy", person)
    assert (told.total_count, told.filed_count, told.known_count, told.damaged_count) == (3, 2, 1, 0)
    assert read(account, "Projet") == [(letter("un"), "\\Flagged"), (letter("deux"), "\\Flagged")]
    assert [content for content, _ in read(account, "INBOX")] == [letter("resté"), letter("depuis")]
    assert bring(tmp_path / "copy", person).filed_count == 0
    lines = [each for each in list_lines(person.id, 10) if each.action == "mail-restored"]
    assert [(each.actor, each.data["count"]) for each in lines] == [("Nadia", 2)]


def test_one_message_is_found_by_its_message_id(ground: Ground, paul: tuple[Person, MailAccount], tmp_path: Path) -> None:
    person, account = paul
    create_mailbox(account, "Projet").result(10)
    wanted = b"Message-ID: <a1@ac-demo.test>\r\nSubject: x\r\n\r\nun\r\n"
    file(account, "Projet", letter("autre"), wanted)
    list(backup(ground.data, tmp_path / "copy"))
    delete_mailbox(account, "Projet").result(10)
    assert bring(tmp_path / "copy", person, "a1@ac-demo.test").filed_count == 1
    assert read(account, "Projet") == [(wanted, "")]
    assert bring(tmp_path / "copy", person, "<nobody@ac-demo.test>").total_count == 0


def test_what_the_backup_cannot_give_back_whole_is_counted(
    ground: Ground, paul: tuple[Person, MailAccount], tmp_path: Path
) -> None:
    person, account = paul
    create_mailbox(account, "Projet").result(10)
    file(account, "Projet", letter("abîmé"), letter("sain"))
    list(backup(ground.data, tmp_path / "copy"))
    delete_mailbox(account, "Projet").result(10)
    (segment,) = (tmp_path / "copy/mail/0/segments").glob("*.segment")
    octets = segment.read_bytes()
    at = octets.index(b"\r\n\r\n")
    segment.write_bytes(octets[: at + 4] + b"?" + octets[at + 5 :])
    told = bring(tmp_path / "copy", person)
    assert (told.filed_count, told.damaged_count) == (1, 1)
    assert [content for content, _ in read(account, "Projet")] == [letter("sain")]


def test_a_folder_that_is_no_backup_is_refused(ground: Ground, paul: tuple[Person, MailAccount], tmp_path: Path) -> None:
    with pytest.raises(RestoreRefused):
        bring(tmp_path, paul[0])
