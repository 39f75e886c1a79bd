"""Where somebody works on a day, as what."""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment; `function` as it was written, `uai` of the establishment."""

    uai: str
    establishment: str
    function: str


def list_assignments(account: AccountId, on: date) -> list[Assignment]:
    """Those in force on that day, by name of establishment."""
    return [Assignment(*row) for row in queries.list_assignments(account, on=on)]
