"""The gate."""

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.changes import get_quota
from corneille.mail.mailbox import list_mailboxes
from corneille.mail.models import MailAccount
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.run.ground import Ground


@pytest.fixture
def person(ground: Ground) -> AccountId:
    add_domain("ac.test", principal=True, now=clock.now())
    made = add_person(NewPerson(type=AccountType.TEACHER, given_name="Jeanne", family_name="Petit", now=clock.now()))
    return made.id


def test_a_mail_account_is_made_once_and_opened_after(person: AccountId) -> None:
    with pytest.raises(Gone):
        open_mail_account(person)
    made = create_mail_account(person, quota_bytes=12345)
    assert create_mail_account(person, quota_bytes=99) == made == open_mail_account(person)
    assert get_quota(made).limit_bytes == 12345
    assert len(list_mailboxes(made)) == 6


def test_what_an_interrupted_creation_left_out_is_made(person: AccountId) -> None:
    MailAccount.objects.create(owner_id=person, quota_bytes=500, created_at=clock.now())
    made = create_mail_account(person, quota_bytes=500)
    assert len(list_mailboxes(made)) == 6
