"""A school with two teachers who keep classes, and a list as its tool exports it."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from corneille.classes.make import NewClass, make_class
from corneille.classes.school_year import list_years
from corneille.kernel.ids import AccountId
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.uai import format_uai
from corneille.run.ground import Ground
from tests.transport.school import DOMAIN, NOW, Member

UAI = format_uai(760095)
RECTORAT = format_uai(760001)
YEAR = date(2027, 8, 31)
LIST = (
    "Nom;Prénom;Courriel élève;Responsable 1;Courriel responsable 1;Responsable 2;Courriel responsable 2;Téléphone\n"
    "Durand;Léa;lea@ent.example;Claire Durand;claire@fai.example;Marc Durand;marc@fai.example;06 00 00 00 00\n"
    "Nguyen;Tom;;Minh Nguyen;minh@fai.example;;;\n"
)


@dataclass(frozen=True, slots=True)
class School:
    """Claire keeps `number`, an empty class; Paul teaches there too; Rita works at the rectorat."""

    claire: Member
    paul: Member
    rita: Member
    number: int


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()


def found_school(now: datetime = NOW) -> School:
    """Claire's class is of the year of `now`."""
    add_domain(DOMAIN, principal=True, now=NOW)
    add_establishment(NewEstablishment(UAI, "Collège Louise-Michel", "college", "Rouen"))
    add_establishment(NewEstablishment(RECTORAT, "Rectorat", "rectorat", "Rouen"))
    claire = _add(AccountType.TEACHER, "Claire", "Lemoine", UAI)
    paul = _add(AccountType.TEACHER, "Paul", "Allard", UAI)
    rita = _add(AccountType.STAFF, "Rita", "Bloch", RECTORAT)
    return School(claire, paul, rita, make(claire.account, "5e B", now))


def make(account: AccountId, label: str, now: datetime = NOW) -> int:
    year = list_years(now.date(), "08-31")[0]
    return make_class(account, NewClass(label, UAI, year.until_on), now)


def _add(kind: AccountType, given: str, family: str, uai: str) -> Member:
    person = add_person(NewPerson(kind, given, family, NOW))
    add_assignment(person.id, uai, "Enseignement", date(2026, 9, 1))
    return Member(person, create_mail_account(person.id, quota_bytes=10**9), "")
