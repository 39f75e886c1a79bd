"""An académie with somebody at every level: correspondents of a lycée, a DSDEN's technician, the rectorat's support."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from corneille.access.password import set_password
from corneille.kernel.ids import AccountId
from corneille.kernel.models import Notice
from corneille.mail.open_mail_account import create_mail_account
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

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LYCEE, COLLEGE = format_uai(760095), format_uai(140017)
DSDEN, RECTORAT = format_uai(769002), format_uai(149001)
PASSWORD = "cerise-tambour-velours-48"


@dataclass(frozen=True, slots=True)
class Academie:
    """`claire` teaches at the lycée (76), `zoe` at the collège (14, whose DSDEN has nobody)."""

    claire: Person
    zoe: Person
    correspondent: Person  # digital, of the lycée
    guardian: Person  # security, of the lycée
    technician: Person  # of the DSDEN 76
    adele: Person  # the rectorat's support
    head: Person  # of the lycée


def found_academie() -> Academie:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    for uai, name, kind in (
        (RECTORAT, "Rectorat", "rectorat"), (DSDEN, "DSDEN 76", "dsden"), (LYCEE, "Lycée Corneille", "lycee"),
        (COLLEGE, "Collège Malherbe", "college"),
    ):  # fmt: skip
        add_establishment(NewEstablishment(uai, name, kind, "x"))
    return Academie(
        claire=add("Claire", "Lemoine", LYCEE),
        zoe=add("Zoé", "Lefèvre", COLLEGE),
        correspondent=add("Luc", "Morel", LYCEE, AccountType.TEACHER, "Correspondant numérique"),
        guardian=add("Ève", "Bard", LYCEE, AccountType.STAFF, "Correspondant sécurité"),
        technician=add("Ali", "Haddad", DSDEN, AccountType.SUPPORT, "Assistance"),
        adele=add("Adèle", "Noël", RECTORAT, AccountType.SUPPORT, "Assistance"),
        head=add("Anne", "Martin", LYCEE, AccountType.HEAD, "Direction"),
    )


def add(given: str, family: str, uai: str, kind: AccountType = AccountType.TEACHER, function: str = "x") -> Person:
    person = add_person(NewPerson(kind, given, family, NOW))
    add_assignment(person.id, uai, function, date(2020, 9, 1))
    create_mail_account(person.id, quota_bytes=10**8)
    return person


def with_password(person: Person) -> None:
    set_password(person.id, PASSWORD, NOW)


def told(account: AccountId) -> list[str]:
    """Codes of the notices of somebody, the oldest first."""
    return list(Notice.objects.filter(account=account).order_by("pk").values_list("code", flat=True))
