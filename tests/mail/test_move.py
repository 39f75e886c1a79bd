"""COPY, MOVE, EXPUNGE: places change, contents do not."""

from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.append import append
from corneille.mail.changes import get_quota
from corneille.mail.fetch import fetch, get_message, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import get_mailbox
from corneille.mail.move import copy, expunge, move
from corneille.mail.values import MailAccount, MailboxGone, NewMessage, OverQuota
from corneille.run.ground import Ground
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import NOON, letter


def test_a_copy_writes_no_content_again(ground: Ground, account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(letter(body="x" * 30_000), "\\Seen", "$Label")
    told = copy(account, inbox, [Uid(1)], mailbox_of(account, "Archive")).result(10)
    assert (told.source_uids, told.uids) == ((1,), (1,))
    (path,) = list(Path(ground.data / "mail/0/segments").iterdir())
    assert path.stat().st_size < 32_000
    (copied,) = next(fetch(account, told.mailbox, [(Uid(1), Uid(1))]))
    (original,) = next(fetch(account, inbox, [(Uid(1), Uid(1))]))
    assert copied.content == original.content
    assert copied.id != original.id
    assert copied.flags == "\\Seen $Label"
    assert copied.received_at == original.received_at


def test_a_copy_counts_in_the_quota_and_is_refused_above_it(new_account: NewAccount) -> None:
    account = new_account(quota_bytes=3 * len(letter()))
    inbox = mailbox_of(account, "INBOX")
    append(account, inbox, [NewMessage(letter(), NOON)] * 2).result(10)
    with pytest.raises(OverQuota):
        copy(account, inbox, [Uid(1), Uid(2)], inbox).result(10)
    assert get_mailbox(account, inbox).message_count == 2
    copy(account, inbox, [Uid(1)], inbox).result(10)
    assert get_quota(account).used_bytes == 3 * len(letter())


def test_a_moved_message_keeps_its_id_and_leaves_its_uid(account: MailAccount, inbox: MailboxId, file: File) -> None:
    filed = file()
    trash = mailbox_of(account, "Trash")
    told = move(account, inbox, [Uid(1), Uid(7)], trash).result(10)
    assert (told.source_uids, told.uids) == ((1,), (1,))
    assert get_message(account, filed.id).mailbox == trash
    assert get_mailbox(account, inbox).message_count == 0
    assert file().uid == 2


def test_a_move_within_one_mailbox_gives_a_new_uid(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    assert move(account, inbox, [Uid(1)], inbox).result(10).uids == (2,)
    assert get_mailbox(account, inbox).message_count == 1


def test_expunge_takes_only_what_is_marked(account: MailAccount, inbox: MailboxId, file: File) -> None:
    filed = [file() for _ in range(4)]
    flag(account, inbox, [Uid(1), Uid(3), Uid(4)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    assert expunge(account, inbox, [Uid(2), Uid(3)]).result(10) == (3,)
    assert expunge(account, inbox).result(10) == (1, 4)
    assert expunge(account, inbox).result(10) == ()
    with pytest.raises(Gone):
        read_content(account, filed[2].id)
    assert read_content(account, filed[1].id) == letter()


def test_a_content_stays_while_it_has_a_place(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    archived = copy(account, inbox, [Uid(1)], mailbox_of(account, "Archive")).result(10)
    flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox).result(10)
    (row,) = next(fetch(account, archived.mailbox, [(Uid(1), Uid(1))]))
    assert read_content(account, row.id) == letter()
    assert get_message(account, row.id).subject == "Bonjour"


def test_nothing_goes_to_or_comes_from_somebody_elses_mailbox(new_account: NewAccount, file: File) -> None:
    file()
    other = new_account()
    theirs, mine = mailbox_of(other, "INBOX"), MailboxId(1)
    for operation in (copy, move):
        with pytest.raises(MailboxGone):
            operation(other, mine, [Uid(1)], theirs).result(10)
        with pytest.raises(MailboxGone):
            operation(MailAccount(1), mine, [Uid(1)], theirs).result(10)  # type: ignore[arg-type]
    with pytest.raises(MailboxGone):
        expunge(other, mine).result(10)
    assert get_mailbox(other, theirs).message_count == 0
