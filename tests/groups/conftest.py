"""A school where lists are kept: its head, three teachers of two subjects, a secretary, and somebody of another school."""

from dataclasses import dataclass
from datetime import date

import pytest

from corneille.groups.add import NewGroup, add_group
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.kernel.ids import AccountId
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.uai import format_uai
from corneille.run.ground import Ground
from tests.transport.school import DOMAIN, NOW, Member

UAI = format_uai(760095)
OTHER_UAI = format_uai(760096)
MATHS = f"maths@{DOMAIN}"
BEGAN = date(2026, 9, 1)
BY_HAND = Rule()


@dataclass(frozen=True, slots=True)
class College:
    """Its people, and `maths`: the list of who teaches mathematics there, kept by its head, for its members."""

    head: Member
    ines: Member
    yves: Member
    lea: Member
    secretary: Member
    stranger: Member
    maths: int

    @property
    def people(self) -> list[Member]:
        return [self.head, self.ines, self.yves, self.lea, self.secretary]


@pytest.fixture
def college(ground: Ground) -> College:
    return found_college()


def found_college() -> College:
    """Adds the domain, two schools, their people and the list to the open ground."""
    add_domain(DOMAIN, principal=True, now=NOW)
    for uai, name in ((UAI, "Collège Louise-Michel"), (OTHER_UAI, "Collège Jules-Verne")):
        add_establishment(NewEstablishment(uai, name, "college", "Rouen"))
    return College(
        head=_add(AccountType.HEAD, "François", "Muller", "Direction"),
        ines=_add(AccountType.TEACHER, "Inès", "Allard", "Enseignement", "Mathématiques"),
        yves=_add(AccountType.TEACHER, "Yves", "Barbier", "Enseignement", "Mathématiques"),
        lea=_add(AccountType.TEACHER, "Léa", "Collet", "Enseignement", "Lettres modernes"),
        secretary=_add(AccountType.STAFF, "Éloïse", "Bézier", "Secrétariat"),
        stranger=_add(AccountType.TEACHER, "Marc", "Ailleurs", "Enseignement", "Mathématiques", OTHER_UAI),
        maths=make("maths", rule=Rule(UAI, subject="Mathématiques")),
    )


def make(
    local: str, *, uai: str = UAI, keeper: Keeper = Keeper.HEAD, writers: Writers = Writers.MEMBERS, rule: Rule = BY_HAND,
    until_on: date | None = None,
) -> int:  # fmt: skip
    """A list of the operator's; nobody is on it unless the rule says so."""
    return add_group(NewGroup(local, f"Liste {local}", uai, keeper, writers, rule, Term(BEGAN, until_on)), NOW)


def addresses(*members: Member) -> set[str]:
    return {each.address for each in members}


def accounts(*members: Member) -> set[AccountId]:
    return {each.account for each in members}


def _add(kind: AccountType, given: str, family: str, function: str, subject: str = "", uai: str = UAI) -> Member:
    person = add_person(NewPerson(kind, given, family, NOW))
    add_assignment(person.id, uai, function, date(2026, 9, 1), subject=subject)
    return Member(person, create_mail_account(person.id, quota_bytes=10**9), "")
