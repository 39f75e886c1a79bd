"""A small académie with two people who can be written to, and reading back what they got."""

from dataclasses import dataclass
from datetime import UTC, datetime

from corneille.access.app_password import create_app_password
from corneille.kernel.ids import AccountId
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import MailAccount
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person, set_role_holder
from corneille.people.find import Person

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
DOMAIN = "ac-demo.test"
OTHER_DOMAIN = "ac-rouen.test"


@dataclass(frozen=True, slots=True)
class Member:
    """A person, their mail, and a password that a mail program uses."""

    person: Person
    mail: MailAccount
    app_password: str

    @property
    def account(self) -> AccountId:
        return self.person.id

    @property
    def address(self) -> str:
        return self.person.principal_address

    def inbox(self) -> list[bytes]:
        """What stands in the INBOX, oldest first, byte for byte."""
        return self.read("INBOX")

    def read(self, name: str) -> list[bytes]:
        mailbox = find_mailbox(self.mail, name)
        assert mailbox is not None
        rows = [row for part in fetch(self.mail, mailbox.id, [(1, 2**32 - 1)]) for row in part]  # type: ignore[list-item]
        return [read_content(self.mail, row.id) for row in rows]


@dataclass(frozen=True, slots=True)
class School:
    """Marie writes, Paul reads; `tiny` has room for one short message."""

    marie: Member
    paul: Member
    tiny: Member


def found_school() -> School:
    """Adds the domains and the people to the open ground."""
    add_domain(DOMAIN, principal=True, now=NOW)
    add_domain(OTHER_DOMAIN, now=NOW)
    school = School(
        add_member("Marie", "Dupont", 10**9),
        add_member("Paul", "Martin", 10**9),
        add_member("Théo", "Petit", 2000),
    )
    set_role_holder(school.paul.account)
    return school


def add_member(given_name: str, family_name: str, quota_bytes: int) -> Member:
    person = add_person(NewPerson(AccountType.TEACHER, given_name, family_name, NOW))
    mail = create_mail_account(person.id, quota_bytes=quota_bytes)
    _, secret = create_app_password(person.id, "test", frozenset({"imap", "smtp"}), NOW)
    return Member(person, mail, secret)


def letter(subject: str = "Bonjour", sender: str = f"marie.dupont@{DOMAIN}", **more: str) -> bytes:
    """A short message with a From; `more` adds fields, `_` standing for `-`."""
    fields = {
        "From": sender,
        "Subject": subject,
        **{name.replace("_", "-"): text for name, text in more.items()},
    }
    head = "".join(f"{name}: {text}\r\n" for name, text in fields.items())
    return f"{head}\r\nUn mot.\r\n".encode()
