"""`verify` finds each kind of damage, names it, and sets right what can be counted again."""

from pathlib import Path

import apsw
import pytest

from corneille.kernel.ids import MailboxId
from corneille.kernel.refusal import DiskFull
from corneille.mail import store
from corneille.mail.fetch import read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import create_mailbox, get_mailbox
from corneille.mail.move import copy, expunge, move
from corneille.mail.search import search_words
from corneille.mail.store.record import HEADER
from corneille.mail.values import IndexLost, MailAccount, StorageFault
from corneille.mail.verify import Finding, Progress, verify
from corneille.run.ground import Ground
from tests.mail.conftest import File, mailbox_of
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import letter


def findings(*, repair: bool = False) -> list[Finding]:
    return [each for each in verify(repair=repair) if isinstance(each, Finding)]


def spoil(ground: Ground, statement: str) -> None:
    connection = apsw.Connection(str(ground.data / "mail/0/index.sqlite3"))
    connection.set_busy_timeout(5000)
    connection.execute(statement)
    connection.close()


def segment(ground: Ground) -> Path:
    (path,) = ground.data.glob("mail/0/segments/*.segment")
    return path


@pytest.fixture
def used(account: MailAccount, inbox: MailboxId, file: File) -> MailAccount:
    """A mail account in which much has happened."""
    for number in range(12):
        file(letter(f"Message {number}", "mot " * number), *(["\\Seen"] if number % 3 else []))
    archive = mailbox_of(account, "Archive")
    copy(account, inbox, [1, 2, 3], archive).result(10)  # type: ignore[list-item]
    move(account, inbox, [3, 4], archive).result(10)  # type: ignore[list-item]
    flag(account, inbox, [1, 5], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)  # type: ignore[list-item]
    expunge(account, inbox).result(10)
    return account


def test_a_sound_store_has_no_finding_and_progress_reaches_its_end(used: MailAccount) -> None:
    told = list(verify())
    assert not [each for each in told if isinstance(each, Finding)]
    for part in ("accounts", "contents", "segments"):
        last = [each for each in told if isinstance(each, Progress) and each.part == part][-1]
        assert last.done_count == last.total_count > 0


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE mailbox SET message_count = message_count + 1 WHERE name = 'INBOX'", "mailbox-wrong"),
        ("UPDATE mailbox SET unseen_count = 99 WHERE name = 'Archive'", "mailbox-wrong"),
        ("UPDATE mailbox SET uid_next = 2 WHERE name = 'INBOX'", "mailbox-wrong"),
        ("UPDATE mailbox SET modseq = 1 WHERE name = 'INBOX'", "mailbox-wrong"),
        ("UPDATE mail_account SET used_bytes = 5", "account-wrong"),
        ("UPDATE mail_account SET next_number = 1", "account-wrong"),
        ("UPDATE mail_account SET modseq = 2", "account-wrong"),
        ("UPDATE message SET is_unseen = NOT is_unseen WHERE uid = 2", "flags-wrong"),
        ("UPDATE content SET place_count = 7 WHERE id = 2", "places-wrong"),
    ],
)
def test_a_wrong_number_is_found_and_counted_again(ground: Ground, used: MailAccount, statement: str, code: str) -> None:
    spoil(ground, statement)
    assert code in {each.code for each in findings()}
    assert all(each.is_repaired for each in findings(repair=True))
    findings(repair=True)  # setting one number right may show the next
    assert findings() == []


def test_a_message_whose_octets_were_altered_is_named(ground: Ground, account: MailAccount, file: File) -> None:
    filed = [file(letter(f"Message {number}", "élève " * 50)) for number in range(3)]
    path = segment(ground)
    content = path.read_bytes()
    where = content.index("élève".encode(), content.index(b"Message 1"))
    path.write_bytes(content[:where] + b"\xff" + content[where + 1 :])
    (finding,) = findings()
    assert finding.code == "content-damaged"
    assert finding.told["messages"] == [filed[1].id]
    assert read_content(account, filed[2].id) == letter("Message 2", "élève " * 50)


def test_what_is_refused_while_it_is_mended_ends_no_check(
    ground: Ground, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        file(letter(f"Message {number}"))
    path = segment(ground)
    path.write_bytes(path.read_bytes().replace(b"Message", b"Massage"))

    def refuse(*_: object) -> bool:
        raise DiskFull

    monkeypatch.setattr("corneille.mail.verify.mend_content", refuse)
    found = findings(repair=True)
    assert [(each.code, each.is_repaired) for each in found] == [("content-damaged", False)] * 3


@pytest.mark.parametrize("statement", ["UPDATE mail_account SET used_bytes = 5", "UPDATE mailbox SET unseen_count = 99"])
def test_what_cannot_be_written_is_not_said_to_be_repaired(
    ground: Ground, used: MailAccount, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(ground, statement)

    def refuse(*_: object, **_named: object) -> None:
        raise DiskFull

    with monkeypatch.context() as full:
        full.setattr("corneille.mail.store.check.mend_account", refuse)
        full.setattr("corneille.mail.store.check.mend_mailbox", refuse)
        assert {each.is_repaired for each in findings(repair=True)} == {False}
    assert {each.is_repaired for each in findings(repair=True)} == {True}


def test_a_truncated_segment_names_what_it_lost(ground: Ground, account: MailAccount, file: File) -> None:
    filed = [file(letter(f"Message {number}")) for number in range(3)]
    path = segment(ground)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"Message 2")])
    codes = {each.code: each for each in findings()}
    assert codes["content-damaged"].told["messages"] == [filed[2].id]
    assert "segment-damaged" in codes
    with pytest.raises(StorageFault):
        read_content(account, filed[2].id)


def test_an_altered_record_header_is_found_though_the_octets_are_whole(ground: Ground, file: File) -> None:
    file(letter("un"))
    file(letter("deux"))
    path = segment(ground)
    content = path.read_bytes()
    where = content.index(b'"places"')
    path.write_bytes(content[:where] + b"X" + content[where + 1 :])
    assert {each.code for each in findings()} == {"segment-damaged"}


def test_a_torn_end_that_nothing_claims_is_no_finding(ground: Ground, file: File) -> None:
    file(letter("un"))
    path = segment(ground)
    with path.open("ab") as stream:
        stream.write(b"\x89CRN\x01\x01half a record")
    assert findings() == []


def test_a_record_before_one_that_is_known_was_synced_however_it_looks(ground: Ground, file: File) -> None:
    file(letter("un"))
    file(letter("deux"))
    path = segment(ground)
    content = path.read_bytes()
    note = content.index(b'{"committed":')
    path.write_bytes(content[: note - HEADER.size] + bytes(HEADER.size) + content[note:])
    (finding,) = findings()
    assert (finding.code, finding.told["records"]) == ("segment-damaged", 0)


def test_a_message_without_mailbox_is_named(ground: Ground, used: MailAccount) -> None:
    spoil(ground, "UPDATE message SET mailbox = 999 WHERE uid = 6 AND mailbox = 1")
    assert "message-stray" in {each.code for each in findings()}


def test_a_corrupt_index_is_said_to_be_corrupt(ground: Ground, used: MailAccount) -> None:
    store.current().close()
    path = ground.data / "mail/0/index.sqlite3"
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xee" * 200
    path.write_bytes(content)
    opened = store.open_store(ground.data / "mail", slot=0)
    store.install(opened)
    with pytest.raises(IndexLost) as lost:
        findings()
    assert lost.value.data["why"] == "corrupt"
    opened.close()


def test_new_mailboxes_and_deep_trees_are_sound(account: MailAccount) -> None:
    made = create_mailbox(account, "a/b/c/d").result(10)
    assert get_mailbox(account, made.id).message_count == 0
    assert findings() == []


def test_a_corrupt_search_index_is_named_and_filled_anew(ground: Ground, used: MailAccount) -> None:
    wait_until_indexed()
    spoil(ground, "DELETE FROM words_data WHERE id > 10")
    assert [each.code for each in findings()] == ["words-corrupt"]
    assert [each.is_repaired for each in findings(repair=True)] == [True]
    assert findings() == []
    wait_until_indexed()
    assert findings() == []
    assert search_words(used, "message").total_count > 0


def test_a_check_after_many_changes_of_the_search_index_does_not_call_it_corrupt(account: MailAccount) -> None:
    shard = store.current().shard(0)
    number = 0
    for _ in range(5):  # FTS5's check on a connection that remembers an older structure failed three times in four
        for _ in range(60):
            number += 1
            statement = f"INSERT INTO words (rowid, text) VALUES ({number}, 'mot{number} bonjour')"
            shard.submit(lambda turn, statement=statement: turn.connection.execute(statement).fetchall()).result(10)  # type: ignore[misc]
        assert findings() == []
