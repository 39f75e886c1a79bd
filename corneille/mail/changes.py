"""The log of changes, and waiting for it."""

from collections.abc import Callable

from corneille.kernel import wake
from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.kernel.runs import find_runs, subtract
from corneille.mail import store
from corneille.mail.store import expunged, seen
from corneille.mail.store.mail_account import get_quota as read_quota
from corneille.mail.store.mailbox import find_numbers, get_mailbox
from corneille.mail.store.row import count_some_changed, list_appeared
from corneille.mail.values import Changes, MailAccount, MailboxGone, Quota

MANY = 2000
"""Messages whose flags have changed: more are told in slices, by who has a loop to share."""


def has_many_changed(account: MailAccount, mailbox: MailboxId, since: ModSeq) -> ModSeq | None:
    """The mailbox's highest modification sequence, where more than `MANY` messages have changed to the reader; else None."""
    connection = store.current().shard(account.shard).reader()
    numbers = find_numbers(connection, account.id, mailbox)
    if numbers is None:
        return None
    count, last = seen.count_marked(connection, mailbox, since, account.reader)
    if numbers[0] > since and count <= MANY:
        count += count_some_changed(connection, mailbox, since, MANY + 1)
    return max(numbers[0], last) if count > MANY else None


def list_changes(
    account: MailAccount, mailbox: MailboxId, since: ModSeq, *, flags_since: ModSeq | None = None, last: int = 0
) -> Changes:
    """What happened in a mailbox after `since`. Never raises for a mailbox that has gone: `is_gone` says it.

    `vanished` is exact while the mailbox remembers (setting mail.expunged_count); before that it names every UID
    that is not there now, which RFC 7162 §3.2.5.2 allows.

    flags_since  flags are known up to here, further than `since`: only what changed after it is `changed`
    last         and no message above this UID had come at `since`
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
        known_at = max(since, flags_since or since)
        is_ahead = known_at > since
        rows = seen.list_changed(connection, mailbox, known_at, account.reader)
        came = list_appeared(connection, mailbox, since, last) if is_ahead else [uid for uid, _, _, is_new in rows if is_new]
        known = expunged.list_vanished(connection, mailbox, since)
        if known is None:
            present = shard.views.view(connection, account.id, mailbox).uids
            vanished = subtract((range(1, told.uid_next),), present)
        else:
            vanished = find_runs(known)
    return Changes(
        told.highest_modseq,
        told.uid_next,
        tuple(came),
        tuple((uid, modseq, flags) for uid, modseq, flags, is_new in rows if not is_new and not (is_ahead and uid > last)),
        vanished,
    )


def watch(account: MailAccount, call: Callable[[], None]) -> Callable[[], None]:
    """Calls `call`, from any thread, after each commit to this mail account in any process; returns how to stop."""
    return wake.current().subscribe(f"mail/{account.id}", call)


def get_quota(account: MailAccount) -> Quota:
    """What is used and allowed. Raises Gone."""
    return read_quota(store.current().shard(account.shard).reader(), account.id)
