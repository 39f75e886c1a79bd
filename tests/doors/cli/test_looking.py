"""What an operator looks at of one person stands in that person's register."""

import argparse

import pytest

from corneille.access.register import list_register
from corneille.doors.cli import access_contain, journal, mail
from corneille.doors.cli.outcome import DONE
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.transport.school import NOW


@pytest.fixture
def claire(ground: Ground) -> Person:
    person = add_person(NewPerson(AccountType.TEACHER, "Claire", "Lemoine", NOW))
    create_mail_account(person.id, quota_bytes=10**6)
    return person


@pytest.mark.parametrize(
    ("words", "action"),
    [
        (("show",), "containment-read"),
        (("journal", "list"), "register-read"),
        (("mail", "deleted"), "deleted-mail-listed"),
    ],
)
def test_each_look_at_one_person_leaves_one_line(claire: Person, words: tuple[str, ...], action: str) -> None:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    for door in (access_contain, journal, mail):
        door.add_parser(subparsers)
    arguments = parser.parse_args([*words, claire.identifier])
    assert arguments.handle(arguments) == DONE
    assert [(each.action, each.actor) for each in list_register(claire.id)] == [(action, "command")]
