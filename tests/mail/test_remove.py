"""Removing messages that nobody marked as deleted."""

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.changes import list_changes
from corneille.mail.mailbox import get_mailbox
from corneille.mail.recently_deleted import list_deleted
from corneille.mail.remove import remove
from corneille.mail.values import MailAccount, MailboxGone
from tests.mail.conftest import File


def test_they_go_in_one_change_and_can_be_put_back(account: MailAccount, inbox: MailboxId, file: File) -> None:
    for _ in range(3):
        file()
    before = get_mailbox(account, inbox).highest_modseq
    assert remove(account, inbox, [Uid(1), Uid(3), Uid(9)]).result(10) == (1, 3)
    changes = list_changes(account, inbox, before)
    assert (changes.vanished, changes.modseq) == ((range(1, 2), range(3, 4)), before + 1)
    assert len(list_deleted(account, clock.now())) == 2


def test_what_goes_for_good_cannot_be_put_back(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    remove(account, inbox, [Uid(1)], for_good=True).result(10)
    assert list_deleted(account, clock.now()) == []


def test_nothing_changes_where_nothing_is(account: MailAccount, inbox: MailboxId) -> None:
    before = get_mailbox(account, inbox).highest_modseq
    assert remove(account, inbox, [Uid(1)]).result(10) == ()
    assert get_mailbox(account, inbox).highest_modseq == ModSeq(before)
    with pytest.raises(MailboxGone):
        remove(account, MailboxId(999), [Uid(1)]).result(10)
