"""Somebody with mail, and a way to read a copy of it back."""

import pytest

from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.mail.letter import NOON


@pytest.fixture
def zoe(ground: Ground) -> Person:
    add_domain("ac-demonstration.test", principal=True, now=NOON)
    person = add_person(NewPerson(AccountType.TEACHER, "Zoé", "Lefèvre", now=NOON))
    create_mail_account(person.id, quota_bytes=10**9)
    return person


@pytest.fixture
def paul(zoe: Person) -> Person:
    person = add_person(NewPerson(AccountType.STAFF, "Paul", "Allard", now=NOON))
    create_mail_account(person.id, quota_bytes=10**9)
    return person
