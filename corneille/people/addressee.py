"""Names and principal addresses of many people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.name import fold
from corneille.people.whereabouts import AT_ONCE


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who has mail here, as a list of recipients shows them; they sort by family name."""

    account: AccountId
    name: str
    address: str
    language: str = "fr"


def list_addressees(accounts: Sequence[AccountId], now: datetime) -> list[Addressee]:
    """By family name; who has no address that works now is left out."""
    rows = [
        row
        for start in range(0, len(accounts), AT_ONCE)
        for row in queries.list_addressees(accounts[start : start + AT_ONCE], now=now)
    ]
    rows.sort(key=lambda row: (fold(row[2]), fold(row[1]), row[0]))
    return [
        Addressee(AccountId(account), f"{given} {family}".strip(), f"{local}@{domain}", language)
        for account, given, family, local, domain, language in rows
    ]
