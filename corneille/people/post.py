"""One assignment as a rule reads it. Pure."""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Post:
    """One assignment of a person with all that a rule may ask of it; `until_on` None: no end is known."""

    account: AccountId
    uai: str
    department: str
    function: str
    subject: str
    from_on: date
    until_on: date | None
