"""An index that was lost comes back from the segments."""

from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.append import Place, append, deliver
from corneille.mail.changes import get_quota
from corneille.mail.fetch import fetch, list_messages, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import create_mailbox, find_mailbox, list_mailboxes
from corneille.mail.move import expunge
from corneille.mail.store.rebuild import Rebuilt, rebuild_index
from corneille.mail.store.shard import StoreOpen
from corneille.mail.values import Limits, MailAccount, NewMessage
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import letter, minutes

ALL = [(1, 2**32 - 1)]


def lose_and_rebuild(ground: Ground) -> Rebuilt:
    store.current().close()
    for path in (ground.data / "mail/0").glob("index.sqlite3*"):
        path.unlink()
    told = list(rebuild_index(ground.data / "mail/0", {1: 10**9}))[-1]
    store.install(store.open_store(ground.data / "mail", slot=0))
    return told


@pytest.fixture(autouse=True)
def _close_what_was_opened(ground: Ground):  # type: ignore[no-untyped-def]
    yield
    store.current().close()


def contents(account: MailAccount, name: str) -> dict[bytes, str]:
    rows = [row for rows in fetch(account, mailbox_of(account, name), ALL) for row in rows]  # type: ignore[arg-type]
    return {read_content(account, row.id): row.flags for row in rows}


def test_every_message_comes_back_where_it_was_filed(ground: Ground, account: MailAccount, inbox: MailboxId) -> None:
    classe = create_mailbox(account, "Classe/élèves").result(10)
    append(account, inbox, [NewMessage(letter("un"), minutes(1), frozenset({"\\Seen", "$Devoir"}))]).result(10)
    append(account, classe.id, [NewMessage(letter(each), minutes(2)) for each in ("deux", "trois")]).result(10)
    told = lose_and_rebuild(ground)
    assert told.is_done
    assert (told.message_count, told.damaged_count) == (3, 0)
    assert contents(account, "INBOX") == {letter("un"): "\\Seen $Devoir"}
    assert contents(account, "Classe/élèves") == {letter("deux"): "", letter("trois"): ""}
    page = list_messages(account, mailbox_of(account, "INBOX"))
    assert page.summaries[0].received_at == minutes(1)
    assert page.summaries[0].subject == "un"
    assert get_quota(account).limit_bytes == 10**9
    assert not [each for each in verify() if isinstance(each, Finding)]


def test_uid_validity_is_new_so_that_no_uid_means_two_messages(ground: Ground, account: MailAccount, file: File) -> None:
    file()
    names = [f"m{number}" for number in range(30)]  # more mailboxes than seconds
    for name in names:
        made = create_mailbox(account, name).result(10)
        append(account, made.id, [NewMessage(letter(name), minutes(0))]).result(10)
    before = {each.name: each.uid_validity for each in list_mailboxes(account)}
    lose_and_rebuild(ground)
    after = {each.name: each.uid_validity for each in list_mailboxes(account)}
    assert min(after.values()) > max(before.values())


def test_a_delivery_to_many_comes_back_to_each(ground: Ground, new_account: NewAccount) -> None:
    accounts = [new_account() for _ in range(3)]
    deliver(letter("à tous"), [Place(each) for each in accounts], received_at=minutes(0)).result(10)
    assert lose_and_rebuild(ground).message_count == 1
    for each in accounts:
        assert contents(each, "INBOX") == {letter("à tous"): ""}


def test_what_was_expunged_does_not_come_back(ground: Ground, account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(letter("un"))
    file(letter("deux"))
    flag(account, inbox, [1], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)  # type: ignore[list-item]
    expunge(account, inbox).result(10)
    store.current().close()  # what waits is written, this too
    store.install(store.open_store(ground.data / "mail", slot=0))
    lose_and_rebuild(ground)
    assert contents(account, "INBOX") == {letter("deux"): ""}


def test_messages_after_a_damaged_place_come_back(ground: Ground, account: MailAccount, file: File) -> None:
    for number in range(5):
        file(letter(f"Message {number}"))
    path: Path = next(ground.data.glob("mail/0/segments/*"))
    raw = path.read_bytes()
    where = raw.index(b"Message 2") - 150
    path.write_bytes(raw[:where] + b"\0" * 120 + raw[where + 120 :])
    told = lose_and_rebuild(ground)
    assert told.damaged_count >= 1
    assert set(contents(account, "INBOX")) == {letter(f"Message {number}") for number in (0, 1, 3, 4)}


def test_a_store_that_is_open_is_not_rebuilt(ground: Ground, account: MailAccount) -> None:
    with pytest.raises(StoreOpen):
        list(rebuild_index(ground.data / "mail/0", {}))
    assert find_mailbox(account, "INBOX") is not None


def test_a_message_comes_back_without_its_keywords_where_its_mailbox_takes_no_more(
    ground: Ground, account: MailAccount, inbox: MailboxId
) -> None:
    """They were given and taken again, so that all were never there at once; records keep what was given first."""
    half = Limits.KEYWORDS_PER_MAILBOX // 2
    for number in range(3):
        words = frozenset(f"mot{number}-{each}" for each in range(half)) | {"\\Seen"}
        filed = append(account, inbox, [NewMessage(letter(f"Sujet {number}"), minutes(0), words)]).result(10)
        flag(account, inbox, [filed[0].uid], FlagChange.REPLACE, frozenset()).result(10)
    assert lose_and_rebuild(ground).message_count == 3
    found = contents(account, "INBOX")
    assert set(found) == {letter(f"Sujet {number}") for number in range(3)}
    assert found[letter("Sujet 2")] == "\\Seen"
