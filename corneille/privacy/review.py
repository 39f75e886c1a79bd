"""What the data protection officer reads: the register in force, and what the purges did."""

from datetime import datetime

from corneille.kernel.ids import AccountId
from corneille.kernel.keeping import Retention
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountType
from corneille.people.find import find_standing_of
from corneille.privacy.purge import Report, list_reports
from corneille.privacy.register import REGISTER


def is_officer(account: AccountId) -> bool:
    """Whether this person watches over data protection."""
    standing = find_standing_of(account)
    return standing is not None and standing.type == AccountType.DATA_PROTECTION


def review(account: AccountId, now: datetime) -> tuple[tuple[Retention, ...], list[Report]]:
    """The register and the reports, for the officer alone. Raises Gone."""
    if not is_officer(account):
        raise Gone(page="privacy")
    return REGISTER, list_reports(now)
