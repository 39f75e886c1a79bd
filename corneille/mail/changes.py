"""The log of changes, and waiting for it."""

from collections.abc import Callable

from corneille.kernel import wake
from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.kernel.runs import find_runs, subtract
from corneille.mail import store
from corneille.mail.store import expunged, seen
from corneille.mail.store.mail_account import get_quota as read_quota
from corneille.mail.store.mailbox import find_numbers, get_mailbox
from corneille.mail.values import Changes, MailAccount, MailboxGone, Quota


def list_changes(account: MailAccount, mailbox: MailboxId, since: ModSeq) -> Changes:
    """What happened in a mailbox after `since`. Never raises for a mailbox that has gone: `is_gone` says it.

    `vanished` is exact while the mailbox remembers (setting mail.expunged_count); before that it names every UID
    that is not there now, which RFC 7162 §3.2.5.2 allows.
    """
    shard = store.current().shard(account.shard)
    if account.reader is None:  # else what the reader marked counts too
        numbers = find_numbers(shard.reader(), account.id, mailbox)
        if numbers is not None and numbers[0] <= since:
            return Changes(*numbers, (), (), ())
    with shard.snapshot() as connection:
        try:
            told = get_mailbox(connection, account.id, mailbox, account.reader)
        except MailboxGone:
            return Changes(since, Uid(1), (), (), (), is_gone=True)
        if told.highest_modseq <= since:
            return Changes(told.highest_modseq, told.uid_next, (), (), ())
        rows = seen.list_changed(connection, mailbox, since, account.reader)
        known = expunged.list_vanished(connection, mailbox, since)
        if known is None:
            present = shard.views.view(connection, account.id, mailbox).uids
            vanished = subtract((range(1, told.uid_next),), present)
        else:
            vanished = find_runs(known)
    return Changes(
        told.highest_modseq,
        told.uid_next,
        tuple(uid for uid, _, _, is_new in rows if is_new),
        tuple((uid, modseq, flags) for uid, modseq, flags, is_new in rows if not is_new),
        vanished,
    )


def watch(account: MailAccount, call: Callable[[], None]) -> Callable[[], None]:
    """Calls `call`, from any thread, after each commit to this mail account in any process; returns how to stop."""
    return wake.current().subscribe(f"mail/{account.id}", call)


def get_quota(account: MailAccount) -> Quota:
    """What is used and allowed. Raises Gone."""
    return read_quota(store.current().shard(account.shard).reader(), account.id)
