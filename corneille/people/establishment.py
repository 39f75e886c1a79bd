"""Establishments as other rooms see them."""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.models import Establishment
from corneille.people.uai import parse_uai


@dataclass(frozen=True, slots=True)
class EstablishmentShown:
    """A school or a service."""

    uai: str
    name: str
    kind: str
    department: str
    city: str


def is_establishment(uai: str) -> bool:
    """Tells whether this UAI code is one of the académie's."""
    return Establishment.objects.filter(uai=parse_uai(uai) or "").exists()


def find_establishment_name(uai: str) -> str:
    """What it is called; the code itself where none has it."""
    return Establishment.objects.filter(uai=uai).values_list("name", flat=True).first() or uai


def list_establishments() -> list[EstablishmentShown]:
    """Every establishment, by department and name."""
    rows = Establishment.objects.order_by("department", "name")
    return [EstablishmentShown(row.uai, row.name, row.kind, row.department, row.city) for row in rows]


def list_schools(account: AccountId, on: date) -> list[tuple[str, str]]:
    """UAI and name of the schools, not the services, where the account is assigned on that day."""
    rows = queries.list_establishments(account, on=on)
    return [(each.uai, each.name) for each in rows if each.kind not in {"rectorat", "dsden"}]


def list_uais(account: AccountId, on: date) -> list[str]:
    """The codes of the establishments where the account is assigned on that day."""
    return [each.uai for each in queries.list_establishments(account, on=on)]
