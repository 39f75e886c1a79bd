"""Where many people work on a day, for who may see it by establishment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from corneille.kernel.ids import AccountId
from corneille.people import queries

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One person, or one position, at one establishment."""

    account: AccountId
    name: str
    uai: str
    establishment: str
    department: str


def list_whereabouts(accounts: Sequence[AccountId], on: date) -> list[Whereabouts]:
    """Each person once for each establishment where they work, by establishment and name; who works nowhere is left out."""
    found = []
    for start in range(0, len(accounts), AT_ONCE):
        some = accounts[start : start + AT_ONCE]
        for account, given, family, uai, establishment, department in queries.list_whereabouts(some, on=on):
            name = f"{given} {family}".strip()
            found.append(Whereabouts(AccountId(account), name, uai, establishment, department))
    return sorted(found, key=lambda each: each.establishment)


def works_at(uais: Collection[str], on: date, *, path: str = "account") -> Q:
    """For another room's query: its row's account, at this path, works at one of these on that day."""
    return queries.works_at(uais, path, on=on)
