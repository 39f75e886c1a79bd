"""Where somebody works on a day, as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.post import Post


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment; `function` as it was written, `uai` of the establishment."""

    uai: str
    establishment: str
    function: str


def list_assignments(account: AccountId, on: date) -> list[Assignment]:
    """Those in force on that day, by name of establishment."""
    return [Assignment(*row) for row in queries.list_assignments(account, on=on)]


def list_turns(account: AccountId, first: date, last: date) -> list[date]:
    """The days from the first to the last one, both included, from which somebody works elsewhere or as something else."""
    turns = queries.list_turns(account)
    return sorted(day for day in turns if first <= day <= last)


def list_posts(uai: str, department: str, on: date, accounts: Sequence[AccountId] | None = None) -> list[Post]:
    """Persons’ assignments in force that day, of a place or a department ("": any), of `accounts` (None: of all)."""
    rows = queries.list_posts((uai, department), accounts, on=on)
    return [Post(AccountId(row[0]), *row[1:]) for row in rows]


def list_functions_at(uai: str, on: date) -> list[str]:
    """The functions that people have there that day, as they are written."""
    return queries.list_written("function", uai, on=on)


def list_subjects_at(uai: str, on: date) -> list[str]:
    """The subjects that are taught there that day, as they are written."""
    return queries.list_written("subject", uai, on=on)
