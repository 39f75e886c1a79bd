"""Notes that programs keep beside mailboxes (RFC 5464): a colour, a comment. They are no change of a mailbox."""

from collections.abc import Mapping
from concurrent.futures import Future

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.store import metadata as table
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.metadata import Noted
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import Limits, MailAccount, TooManyEntries


def list_metadata(account: MailAccount, mailbox: MailboxId | None) -> dict[str, bytes]:
    """Entries (lower case) and their values, by entry; `mailbox` None: of the mail account itself."""
    connection = store.current().shard(account.shard).reader()
    return table.list_entries(connection, account.id, mailbox or table.ACCOUNT, account.reader)


def list_noted(account: MailAccount) -> Noted:
    """Which entries there are and when each was last written, by mailbox (0: the mail account itself) and entry."""
    return table.list_noted(store.current().shard(account.shard).reader(), account.id, account.reader)


def set_metadata(account: MailAccount, mailbox: MailboxId | None, values: Mapping[str, bytes | None]) -> "Future[None]":
    """Writes values, all or none; None takes an entry away. Refuses MailboxGone, TooManyEntries."""

    def apply(turn: Transaction) -> None:
        if mailbox is not None:
            check_mailbox(turn.connection, account.id, mailbox)
        table.set_entries(turn, account.id, mailbox or table.ACCOUNT, account.reader, values)
        if table.count_entries(turn.connection, account.id, account.reader) > Limits.METADATA_ENTRIES:
            raise TooManyEntries(limit=Limits.METADATA_ENTRIES)

    return store.current().shard(account.shard).submit(apply)
