"""A mail account with its first mailboxes, and short ways to say what tests do all the time."""

from collections.abc import Callable

import pytest

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import Filed, MailAccount, NewMessage
from corneille.run.ground import Ground
from tests.mail.letter import NOON, letter

NewAccount = Callable[..., MailAccount]
File = Callable[..., Filed]


@pytest.fixture
def new_account(ground: Ground) -> NewAccount:
    """Makes mail accounts in the store alone; whose they are is the main database's matter."""
    numbers = iter(range(1, 2**31))

    def make(quota_bytes: int = 10**9) -> MailAccount:
        account = MailAccount(MailAccountId(next(numbers)))
        store.current().shard(0).submit(lambda turn: begin_mail_account(turn, account.id, quota_bytes)).result(10)
        return account

    return make


@pytest.fixture
def account(new_account: NewAccount) -> MailAccount:
    return new_account()


@pytest.fixture
def inbox(account: MailAccount) -> MailboxId:
    return mailbox_of(account, "INBOX")


@pytest.fixture
def file(account: MailAccount, inbox: MailboxId) -> File:
    """Files one message in INBOX."""

    def file(content: bytes = b"", *flags: str, mailbox: MailboxId = inbox, received_at: object = NOON) -> Filed:
        message = NewMessage(content or letter(), received_at, frozenset(flags))  # type: ignore[arg-type]
        return append(account, mailbox, [message]).result(10)[0]

    return file


def mailbox_of(account: MailAccount, name: str) -> MailboxId:
    found = find_mailbox(account, name)
    assert found is not None
    return found.id
