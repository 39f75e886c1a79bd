"""An académie of two schools in two departments, with an officer, a correspondent and a head; letters from outside."""

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime

from corneille.kernel.ids import AccountId, MessageId
from corneille.kernel.models import Notice
from corneille.mail.fetch import list_messages, read_content
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import MailAccount, SpecialUse, Summary
from corneille.people.account_type import AccountType
from corneille.people.add import (
    NewEstablishment,
    NewPerson,
    add_assignment,
    add_domain,
    add_establishment,
    add_person,
)  # fmt: skip
from corneille.people.find import Person
from corneille.people.uai import format_uai
from corneille.protection.models import Report
from corneille.protection.report import report_message
from corneille.transport.accept import accept
from corneille.transport.values import Arrival, Envelope

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DOMAIN = "ac-demonstration.test"
LYCEE, COLLEGE = format_uai(760095), format_uai(140017)
DSDEN, RECTORAT = format_uai(769002), format_uai(149001)
SENDER = "alerte@verif.example"
TRAP = (
    "From: Service Messagerie <{sender}>\r\nTo: personnels@{domain}\r\nSubject: {subject}\r\n"
    "Message-ID: <{id}@verif.example>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nVotre boîte mail sera supprimée sous 24 h. Confirmez votre mot de passe "
    "sur https://verif.example/q{id}\r\n"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with mail."""

    person: Person
    mail: MailAccount

    @property
    def id(self) -> AccountId:
        return self.person.id

    def list(self, special_use: SpecialUse | None = None) -> list[Summary]:
        box = next(
            each for each in list_mailboxes(self.mail)
            if (each.special_use is special_use if special_use else each.name == "INBOX")
        )  # fmt: skip
        return list(list_messages(self.mail, box.id).summaries)

    def read(self, message: MessageId) -> bytes:
        return read_content(self.mail, message)


@dataclass(frozen=True, slots=True)
class Academie:
    """`claire` and `paul` teach at the lycée (76), `zoe` at the collège (14), whose head is `anne`."""

    claire: Member
    paul: Member
    zoe: Member
    anne: Member
    officer: Member
    correspondent: Member  # of the DSDEN 76


def found_academie() -> Academie:
    add_domain(DOMAIN, principal=True, now=NOW)
    for uai, name, kind in (
        (RECTORAT, "Rectorat", "rectorat"), (DSDEN, "DSDEN 76", "dsden"), (LYCEE, "Lycée Corneille", "lycee"),
        (COLLEGE, "Collège Malherbe", "college"),
    ):  # fmt: skip
        add_establishment(NewEstablishment(uai, name, kind, "x"))
    return Academie(
        claire=add_member("Claire", "Lemoine", LYCEE),
        paul=add_member("Paul", "Roux", LYCEE),
        zoe=add_member("Zoé", "Lefèvre", COLLEGE),
        anne=add_member("Anne", "Martin", COLLEGE, AccountType.HEAD),
        officer=add_member("Karim", "Haddad", RECTORAT, AccountType.SECURITY),
        correspondent=add_member("Luc", "Morel", DSDEN, AccountType.STAFF, "Correspondant sécurité"),
    )


def add_member(
    given: str, family: str, uai: str, kind: AccountType = AccountType.TEACHER, function: str = "x"
) -> Member:
    person = add_person(NewPerson(kind, given, family, NOW))
    add_assignment(person.id, uai, function, date(2020, 9, 1))
    return Member(person, create_mail_account(person.id, quota_bytes=10**8))


def trap(number: int = 1, subject: str = "URGENT : quota dépassé", sender: str = SENDER) -> bytes:
    encoded = f"=?utf-8?b?{base64.b64encode(subject.encode()).decode()}?="
    return TRAP.format(id=number, subject=encoded, sender=sender, domain=DOMAIN).encode()


def arrive(content: bytes, *members: Member) -> None:
    """From a server outside."""
    addresses = tuple(each.person.principal_address for each in members)
    envelope = Envelope(SENDER, addresses, Arrival("ESMTPS", "mx", "203.0.113.9"))
    accepted = accept(envelope, content, NOW).result()
    assert not accepted.is_for_nobody


def told(member: Member) -> list[str]:
    """Codes of the notices that somebody got, in their order."""
    return list(Notice.objects.filter(account=member.id).order_by("pk").values_list("code", flat=True))


def report(member: Member, place: int = 0, now: datetime = NOW) -> int:
    """Reports a message of the inbox; gives the incident that it came to."""
    report_message(member.id, member.mail, member.list()[place].id, now)
    return Report.objects.filter(account=member.id).order_by("-pk").values_list("incident_id", flat=True)[0]


def folder_of(member: Member, name: str) -> list[Summary]:
    box = find_mailbox(member.mail, name)
    assert box is not None
    return list(list_messages(member.mail, box.id).summaries)
