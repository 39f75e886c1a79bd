"""Mailboxes: list, find, view, create, rename, delete, subscribe."""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import chain, count
from typing import TypeVar

from corneille.kernel.ids import MailboxId
from corneille.kernel.refusal import Refusal
from corneille.mail import store
from corneille.mail.names import check_name, normalise_name
from corneille.mail.store import mailbox as table
from corneille.mail.store import mailbox_tree
from corneille.mail.store.seen import adjust_view
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import MailAccount, Mailbox, MailboxGone, SpecialUse, View

Result = TypeVar("Result")


def list_mailboxes(account: MailAccount) -> list[Mailbox]:
    """Every mailbox, INBOX first, then by name."""
    return table.list_mailboxes(store.current().shard(account.shard).reader(), account.id, account.reader)


def find_mailbox(account: MailAccount, name: str) -> Mailbox | None:
    """The mailbox of that name; INBOX in any case."""
    connection = store.current().shard(account.shard).reader()
    return table.find_mailbox(connection, account.id, normalise_name(name), account.reader)


def find_special_mailbox(account: MailAccount, special_use: SpecialUse) -> Mailbox | None:
    """The mailbox that is for this use, whatever it is called; None: there is none."""
    return next((each for each in list_mailboxes(account) if each.special_use is special_use), None)


def get_mailbox(account: MailAccount, mailbox: MailboxId) -> Mailbox:
    """The mailbox now. Raises MailboxGone."""
    return table.get_mailbox(store.current().shard(account.shard).reader(), account.id, mailbox, account.reader)


def view_mailbox(account: MailAccount, mailbox: MailboxId) -> View:
    """The mailbox with all its UIDs, from a cache stamped with its modseq. Raises MailboxGone."""
    shard = store.current().shard(account.shard)
    with shard.snapshot() as connection:
        return adjust_view(connection, shard.views.view(connection, account.id, mailbox), account.reader)


def create_mailbox(account: MailAccount, name: str, special_use: SpecialUse | None = None) -> "Future[Mailbox]":
    """Makes a mailbox and the missing levels above it, with a UIDVALIDITY never used before in this mail account.

    refuses  MailboxNameRefused, MailboxExists, TooManyMailboxes, SpecialUseTaken
    """

    def apply(turn: Transaction) -> Mailbox:
        mailbox_tree.create(turn, account.id, check_name(name), special_use)
        return _found(turn, account, check_name(name))

    return _submit(account, name, apply)


def ensure_archive(account: MailAccount) -> "Future[Mailbox]":
    """The mailbox of the use \\Archive, made again where it was deleted. Refuses TooManyMailboxes."""

    def apply(turn: Transaction) -> Mailbox:
        name = mailbox_tree.find_used(turn, account.id, SpecialUse.ARCHIVE)
        if name is None:
            taken = table.list_names(turn.connection, account.id)
            name = next(each for each in chain(("Archive",), map("Archive {}".format, count(2))) if each not in taken)
            mailbox_tree.create(turn, account.id, name, SpecialUse.ARCHIVE)
            table.set_subscribed(turn, account.id, name, subscribed=True)
        return _found(turn, account, name)

    return store.current().shard(account.shard).submit(apply)


def rename_mailbox(account: MailAccount, name: str, new_name: str) -> "Future[Mailbox]":
    """Renames a mailbox and all below it; renaming INBOX moves its messages to a new mailbox (RFC 9051 §6.3.6).

    refuses  MailboxGone, MailboxExists, MailboxNameRefused (also why: inside-itself), TooManyMailboxes
    """

    def apply(turn: Transaction) -> Mailbox:
        mailbox_tree.rename(turn, account.id, normalise_name(name), check_name(new_name))
        return _found(turn, account, check_name(new_name))

    return _submit(account, new_name, apply)


def delete_mailbox(account: MailAccount, name: str) -> "Future[None]":
    """Deletes a mailbox and its messages; mailboxes below it stay, and its name then only leads to them (RFC 9051
    §6.3.5; LIST shows it \\NonExistent \\HasChildren).

    refuses  MailboxGone, MailboxKept
    """
    return (
        store.current().shard(account.shard).submit(lambda turn: mailbox_tree.delete(turn, account.id, normalise_name(name)))
    )


def subscribe(
    account: MailAccount, name: str, *, subscribed: bool, is_elsewhere: bool = False
) -> "Future[None]":
    """Marks a mailbox as subscribed or not. Refuses MailboxGone; unsubscribing is never refused.

    is_elsewhere  the name leads into another mail account, where the caller has found it
    """
    spelled = normalise_name(name)

    def apply(turn: Transaction) -> None:
        if subscribed and not is_elsewhere and table.find_mailbox(turn.connection, account.id, spelled) is None:
            raise MailboxGone(name=name)
        table.set_subscribed(turn, account.id, spelled, subscribed=subscribed)
        turn.next_modseq(account.id)

    return store.current().shard(account.shard).submit(apply)


def list_subscribed_names(account: MailAccount) -> list[str]:
    """Names subscribed to, also those whose mailbox has gone (RFC 9051 §6.3.9.4)."""
    return table.list_subscribed_names(store.current().shard(account.shard).reader(), account.id)


def _submit(account: MailAccount, name: str, apply: Callable[[Transaction], Result]) -> "Future[Result]":
    try:
        check_name(name)
    except Refusal as refusal:
        refused: Future[Result] = Future()
        refused.set_exception(refusal)
        return refused
    return store.current().shard(account.shard).submit(apply)


def _found(turn: Transaction, account: MailAccount, name: str) -> Mailbox:
    found = table.find_mailbox(turn.connection, account.id, name, account.reader)
    assert found is not None, "it was made in this transaction"
    return found
