"""`verify` names what the main database and the store have lost of one another, and gives the store what it can."""

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.mail import store
from corneille.mail.mailbox import find_mailbox
from corneille.mail.models import MailAccount as MailAccountRow
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.store.mail_account import get_quota
from corneille.mail.values import MailAccount
from corneille.mail.verify_rows import verify_rows
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.models import Account
from corneille.run.ground import Ground


@pytest.fixture
def owner(ground: Ground) -> AccountId:
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    return add_person(NewPerson(AccountType.TEACHER, "Marie", "Martin", clock.now())).id


@pytest.fixture
def opened(owner: AccountId) -> MailAccount:
    return create_mail_account(owner, quota_bytes=10**6)


def found(*, repair: bool = False) -> list[tuple[str, bool]]:
    return [(each.code, each.is_repaired) for each in verify_rows(repair=repair)]


def test_nothing_is_said_where_both_agree(opened: MailAccount) -> None:
    assert found() == []


def test_a_row_that_was_lost_is_named_with_what_it_kept(opened: MailAccount) -> None:
    MailAccountRow.objects.all().delete()
    told = {each.code: each.told for each in verify_rows(repair=True)}
    assert told == {"row-lost": {"account": opened.id, "messages": 0}, "mail-missing": {"identifier": "mmartin"}}


def test_a_mail_account_that_never_began_begins(owner: AccountId, opened: MailAccount) -> None:
    connection = store.current().shard(0)
    connection.submit(lambda turn: turn.connection.execute("DELETE FROM mail_account")).result(10)
    connection.submit(lambda turn: turn.connection.execute("DELETE FROM mailbox")).result(10)
    assert found() == [("mail-unbegun", False)]
    assert found(repair=True) == [("mail-unbegun", True)]
    assert found() == []
    assert find_mailbox(opened, "INBOX") is not None


def test_the_quota_is_that_of_the_main_database(opened: MailAccount) -> None:
    MailAccountRow.objects.update(quota_bytes=5000)
    assert found(repair=True) == [("quota-differs", True)]
    assert get_quota(store.current().shard(0).reader(), opened.id).limit_bytes == 5000
    assert found() == []


def test_an_account_without_mail_is_named_until_it_has_left(owner: AccountId) -> None:
    assert found(repair=True) == [("mail-missing", False)]
    Account.objects.update(state=AccountState.ENDED)
    assert found() == []
