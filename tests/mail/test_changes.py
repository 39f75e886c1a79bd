"""Watchers are woken; what was forgotten is told as everything that is not there."""

import threading

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.changes import list_changes, watch
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import get_mailbox
from corneille.mail.move import expunge, move
from corneille.mail.values import MailAccount
from corneille.run.ground import Ground, load_settings
from tests.mail.conftest import File, NewAccount, mailbox_of


def test_each_commit_wakes_those_who_watch_that_account_only(new_account: NewAccount, file: File) -> None:
    woken, other = threading.Event(), threading.Event()
    stop = watch(MailAccount(1), woken.set)  # type: ignore[arg-type]
    watch(new_account(), other.set)
    other.clear()
    file()
    assert woken.wait(5)
    assert not other.is_set()
    stop()
    woken.clear()
    file()
    assert not woken.is_set()


def test_what_came_and_went_between_two_looks_is_told_as_gone(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    since = get_mailbox(account, inbox).highest_modseq
    file(b"", "\\Deleted")
    expunge(account, inbox).result(10)
    told = list_changes(account, inbox, since)
    assert (told.appeared, told.changed, told.vanished) == ((), (), (range(2, 3),))
    assert told.uid_next == 3
    assert told.modseq > since


def test_a_new_message_whose_flags_changed_is_only_new(account: MailAccount, inbox: MailboxId, file: File) -> None:
    since = get_mailbox(account, inbox).highest_modseq
    file()
    flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"\\Seen"})).result(10)
    told = list_changes(account, inbox, since)
    assert (told.appeared, told.changed) == ((1,), ())


def test_a_move_is_told_on_both_sides(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file()
    archive = mailbox_of(account, "Archive")
    since = get_mailbox(account, inbox).highest_modseq
    move(account, inbox, [Uid(1)], archive).result(10)
    assert list_changes(account, inbox, since).vanished == (range(1, 2),)
    assert list_changes(account, archive, since).appeared == (1,)


def test_uids_that_were_forgotten_are_told_as_all_that_is_not_there(
    ground: Ground, account: MailAccount, inbox: MailboxId, file: File
) -> None:
    load_settings(ground.data, mail={"expunged_count": 2})
    for _ in range(8):
        file()
    since = get_mailbox(account, inbox).highest_modseq
    for uid in range(1, 7):
        flag(account, inbox, [Uid(uid)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
        expunge(account, inbox).result(10)
    assert list_changes(account, inbox, since).vanished == (range(1, 7),)
    late = get_mailbox(account, inbox).highest_modseq
    assert list_changes(account, inbox, late).vanished == ()
    assert list_changes(account, inbox, ModSeq(1)).vanished == (range(1, 7),)
