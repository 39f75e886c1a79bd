"""A teacher signed in, with mail; messages put into it as if they had arrived."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from corneille.kernel.ids import MessageId
from corneille.mail.append import append
from corneille.mail.fetch import list_messages
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import MailAccount, Mailbox, NewMessage, SpecialUse, Summary
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from tests.doors.web.conftest import Browser

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LETTER = (
    b"From: =?utf-8?q?Ana=C3=AFs_Petit?= <anais.petit@ac-demonstration.test>\r\n"
    b"To: Claire Lemoine <claire.lemoine@ac-demonstration.test>, Paul Roux <paul.roux@ac-demonstration.test>\r\n"
    b"Subject: =?utf-8?q?R=C3=A9union_de_rentr=C3=A9e?=\r\nDate: Fri, 20 Nov 2026 10:30:00 +0100\r\n"
    b"Message-ID: <un@ac-demonstration.test>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + "Bonjour,\r\nla réunion est à 14 h.\r\n-- \r\nAnaïs\r\n".encode()
)


@dataclass
class Box:
    """One person's mail, looked at from behind."""

    account: MailAccount
    person: Person

    def put(self, content: bytes, folder: str = "INBOX") -> MessageId:
        mailbox = find_mailbox(self.account, folder)
        assert mailbox is not None
        return append(self.account, mailbox.id, [NewMessage(content, AT)]).result()[0].id

    def use(self, special_use: SpecialUse | None) -> Mailbox:
        return next(
            each for each in list_mailboxes(self.account)
            if (each.special_use is special_use if special_use else each.name == "INBOX")
        )  # fmt: skip

    def list(self, special_use: SpecialUse | None = None) -> list[Summary]:
        return list(list_messages(self.account, self.use(special_use).id).summaries)


@pytest.fixture
def box(teacher: Person, browser: Browser) -> Box:
    """Claire's mail; she is signed in on `browser`."""
    account = create_mail_account(teacher.id, quota_bytes=50_000_000)
    assert browser.sign_in(teacher.identifier).status_code == 302
    return Box(account, teacher)


@pytest.fixture
def colleague(box: Box) -> Box:
    """Paul, who has mail of his own."""
    person = add_person(NewPerson(AccountType.TEACHER, "Paul", "Roux", now=AT, birth_on=None))
    return Box(create_mail_account(person.id, quota_bytes=50_000_000), person)
