"""What happens to names: making levels, renaming a tree, deleting (RFC 9051 §6.3.4 to §6.3.6)."""

from corneille.kernel.ids import MailAccountId, ModSeq
from corneille.mail.names import INBOX, check_name, list_parents
from corneille.mail.store.mailbox import (
    add_mailbox,
    count_mailboxes,
    drop_mailbox,
    find_mailbox,
    list_names,
    set_name,
)
from corneille.mail.store.message import list_all_placed, move_messages, remove_messages
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import (
    Limits,
    MailboxExists,
    MailboxGone,
    MailboxKept,
    MailboxNameRefused,
    SpecialUse,
    SpecialUseTaken,
    TooManyMailboxes,
)

FREED = frozenset({SpecialUse.ARCHIVE})
"""Uses that a mailbox may be deleted with, and another one be given: nothing is delivered there. Pages and delivery rely
on the others."""


def create(turn: Transaction, account: MailAccountId, name: str, special_use: SpecialUse | None) -> None:
    """Makes a mailbox and the levels above it that are missing."""
    if find_mailbox(turn.connection, account, name) is not None:
        raise MailboxExists(name=name)
    if special_use is not None and find_used(turn, account, special_use) is not None:
        raise SpecialUseTaken(special_use=special_use)
    modseq = turn.next_modseq(account)
    _create_parents(turn, account, name, modseq)
    add_mailbox(turn, account, name, special_use, modseq)
    _check_count(turn, account)


def rename(turn: Transaction, account: MailAccountId, name: str, new_name: str) -> None:
    """Gives a mailbox and all below it another name; UIDs and UIDVALIDITY stay."""
    names = list_names(turn.connection, account)
    below = [each for each in names if each.startswith(f"{name}/")]
    if name not in names and not below:
        raise MailboxGone(name=name)
    if name == INBOX:
        _empty_inbox(turn, account, new_name)
        return
    if new_name in names:
        raise MailboxExists(name=new_name)
    if new_name.startswith(f"{name}/"):
        raise MailboxNameRefused(name=new_name, why="inside-itself")
    modseq = turn.next_modseq(account)
    _create_parents(turn, account, new_name, modseq)
    for each in below:
        moved = check_name(new_name + each.removeprefix(name))
        if moved in names:  # left below a name that was itself deleted
            raise MailboxExists(name=moved)
        set_name(turn, names[each], moved)
    if name in names:
        set_name(turn, names[name], new_name)
    else:
        add_mailbox(turn, account, new_name, None, modseq)
    _check_count(turn, account)


def delete(turn: Transaction, account: MailAccountId, name: str) -> None:
    """Removes a mailbox and its messages for good."""
    found = find_mailbox(turn.connection, account, name)
    if found is None:
        raise MailboxGone(name=name)
    if name == INBOX or (found.special_use is not None and found.special_use not in FREED):
        raise MailboxKept(name=name)
    modseq = turn.next_modseq(account)
    remove_messages(turn, account, found.id, list_all_placed(turn.connection, found.id), modseq)
    drop_mailbox(turn, account, found.id)


def _empty_inbox(turn: Transaction, account: MailAccountId, new_name: str) -> None:
    """RFC 9051 §6.3.6: renaming INBOX moves its messages; INBOX and what is below it stay."""
    create(turn, account, new_name, None)
    source = find_mailbox(turn.connection, account, INBOX)
    target = find_mailbox(turn.connection, account, new_name)
    assert source is not None, "INBOX is never deleted"
    assert target is not None, "it was just made"
    messages = list_all_placed(turn.connection, source.id)
    move_messages(turn, account, source.id, messages, target.id, turn.next_modseq(account))


def _create_parents(turn: Transaction, account: MailAccountId, name: str, modseq: ModSeq) -> None:
    for parent in list_parents(name):
        if find_mailbox(turn.connection, account, parent) is None:
            add_mailbox(turn, account, parent, None, modseq)


def find_used(turn: Transaction, account: MailAccountId, special_use: SpecialUse) -> str | None:
    """The name of the mailbox of this use."""
    name: str | None = find_value(
        turn.connection, "SELECT name FROM mailbox WHERE account = ? AND special_use = ?", (account, special_use)
    )
    return name


def _check_count(turn: Transaction, account: MailAccountId) -> None:
    if count_mailboxes(turn.connection, account) > Limits.MAILBOXES:
        raise TooManyMailboxes(limit=Limits.MAILBOXES)
