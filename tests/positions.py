"""A school with the mail of two positions: its head, two secretaries and a teacher; nobody else knows of it."""

from dataclasses import dataclass, replace
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.open_position import PositionMail, open_position
from corneille.mail.values import Filed, NewMessage
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.add_position import NewPosition, add_position, give
from corneille.people.address import list_domains
from corneille.people.position_right import PositionRight, Term
from corneille.people.uai import format_uai
from tests.mail.letter import letter
from tests.transport.school import DOMAIN, NOW, Member

UAI = format_uai(760095)
BEGAN = date(2026, 9, 1)
READ, WRITE, SEND_AS, ON_BEHALF = PositionRight
HEAD, SECRETARY = "Direction", "Secrétariat"


@dataclass(frozen=True, slots=True)
class Positions:
    """« direction » is read and answered by the head, read alone by the secretaries, who may write on its behalf;
    « secretariat » is theirs and the head may read it."""

    head: Member
    secretary: Member
    other_secretary: Member
    teacher: Member
    direction: AccountId
    office: AccountId

    def open(self, member: Member, position: AccountId) -> PositionMail:
        return open_position(member.account, position, NOW)


def found_positions(domain: str = DOMAIN) -> Positions:
    """Adds it all to the open ground."""
    add_domain(domain, principal=not list_domains(), now=NOW)
    add_establishment(NewEstablishment(UAI, "Collège Louise-Michel", "college", "Rouen"))
    school = Positions(
        _add(AccountType.HEAD, "François", "Muller", HEAD),
        _add(AccountType.STAFF, "Éloïse", "Bézier", SECRETARY),
        _add(AccountType.STAFF, "Yann", "Cordier", SECRETARY),
        _add(AccountType.TEACHER, "Inès", "Allard", "Enseignement"),
        _make("direction"),
        _make("secrétariat"),
    )
    give(school.direction, HEAD, [WRITE, SEND_AS, ON_BEHALF], Term(BEGAN), NOW)
    give(school.direction, SECRETARY, [READ, ON_BEHALF], Term(BEGAN), NOW)
    give(school.office, SECRETARY, [WRITE, SEND_AS, ON_BEHALF], Term(BEGAN), NOW)
    give(school.office, HEAD, [READ], Term(BEGAN), NOW)
    return school


def deliver_to(opened: PositionMail, subject: str, *, mailbox: str = "INBOX") -> Filed:
    """Files a message as the outside does: read by nobody."""
    plain = replace(opened.mail, reader=None)
    found = find_mailbox(plain, mailbox)
    assert found is not None
    return append(plain, found.id, [NewMessage(letter(subject=subject), NOW)]).result(10)[0]


def _make(name: str) -> AccountId:
    position = add_position(NewPosition(name, UAI, BEGAN), NOW)
    create_mail_account(position, quota_bytes=10**9)
    return position


def _add(kind: AccountType, given: str, family: str, function: str) -> Member:
    person = add_person(NewPerson(kind, given, family, NOW))
    add_assignment(person.id, UAI, function, BEGAN)
    return Member(person, create_mail_account(person.id, quota_bytes=10**9), "")
