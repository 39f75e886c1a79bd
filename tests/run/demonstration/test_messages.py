"""Filling the demonstration's mail: once, whole, and after an interruption what is missing."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.messages import fill_mail, list_readers
from corneille.run.demonstration.year import write_year
from corneille.run.ground import Ground

NOW = datetime(2021, 11, 24, 8, 30, tzinfo=UTC)
SEED = 3
FLOOD_COUNT = 900


@pytest.fixture
def people(ground: Ground) -> list[DemoPerson]:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    types = (AccountType.TEACHER, AccountType.STAFF, AccountType.HEAD, AccountType.TEACHER, AccountType.TEACHER)
    return [_add(f"Nom{'abcdefgh'[number]}", kind) for number, kind in enumerate(types)]


def _add(family_name: str, kind: AccountType) -> DemoPerson:
    person = add_person(NewPerson(kind, "Zoé", family_name, NOW, state=AccountState.ACTIVE))
    create_mail_account(person.id, quota_bytes=10**10)
    return DemoPerson(
        person.id, person.display_name, "Zoé", family_name, kind.value, "active", person.identifier, person.addresses,
        numen="", password="", app_password="", establishment="",
    )  # fmt: skip


def _fill(people: list[DemoPerson], now: datetime, stop_at: int | None = None) -> list[int]:
    told = []

    def progress(_words: str, done: int, total: int) -> None:
        told.append(done)
        if stop_at is not None and done >= stop_at:
            raise KeyboardInterrupt
        assert done <= total

    fill_mail(people, SEED, now, progress, flood_count=FLOOD_COUNT)
    return told


def _counts(people: list[DemoPerson]) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (person.identifier, mailbox.name): (mailbox.message_count, mailbox.size_bytes)
        for person in people
        for mailbox in list_mailboxes(open_mail_account(person.account))
    }


def test_the_first_secretary_gets_the_large_inbox(people: list[DemoPerson]) -> None:
    _fill(people, NOW)
    inbox = find_mailbox(open_mail_account(people[1].account), "INBOX")
    assert inbox is not None
    assert inbox.message_count > FLOOD_COUNT


def test_a_second_start_files_nothing(people: list[DemoPerson]) -> None:
    _fill(people, NOW)
    before = _counts(people)
    assert _fill(people, NOW + timedelta(days=3)) == []
    assert _counts(people) == before


@pytest.mark.parametrize("stop_at", [1, 700, 1900])
def test_an_interrupted_start_is_completed_by_the_next(people: list[DemoPerson], stop_at: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        _fill(people, NOW, stop_at)
    told = _fill(people, NOW + timedelta(hours=5))
    counts = _counts(people)
    assert told[-1] == sum(count for count, _ in counts.values())
    year = write_year(SEED, list_readers(people), NOW)
    flooded = sum(posted.reader == 1 and posted.mailbox == "INBOX" for posted in year) + FLOOD_COUNT
    assert counts[people[1].identifier, "INBOX"][0] == flooded
