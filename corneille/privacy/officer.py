"""What the data protection officer looks at: the register as it is in force, and what the purges did."""

from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import AccountId
from corneille.kernel.keeping import Retention
from corneille.kernel.refusal import Gone
from corneille.people.decide import Duty
from corneille.people.scope import find_scope
from corneille.privacy.purge import PurgeShown, list_purges
from corneille.privacy.register import REGISTER


@dataclass(frozen=True, slots=True)
class Office:
    """Both, in the register's order."""

    register: tuple[Retention, ...]
    purges: list[PurgeShown]


def open_office(account: AccountId, now: datetime) -> Office:
    """For accounts of the type "delegue". Raises Gone for anybody else."""
    if not find_scope(account, Duty.PROTECT_DATA, now.date()):
        raise Gone(account=account)
    return Office(REGISTER, list_purges(now))
