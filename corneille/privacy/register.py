"""The register of processing (GDPR art. 30), gathered from what each room declares, and what is kept of one person."""

from dataclasses import dataclass

from corneille.access import retention as access
from corneille.calendar import retention as calendar
from corneille.classes import retention as classes
from corneille.desk import retention as desk
from corneille.documents import retention as documents
from corneille.groups import retention as groups
from corneille.kernel import retention as kernel
from corneille.kernel.ids import AccountId
from corneille.kernel.keeping import Retention
from corneille.mail import retention as mail
from corneille.notices import retention as notices
from corneille.people import retention as people
from corneille.privacy import retention as privacy
from corneille.protection import retention as protection
from corneille.sso import retention as sso
from corneille.support import retention as support
from corneille.transport import retention as transport

ROOMS = (
    people, access, sso, mail, groups, transport, classes, documents, notices, calendar, desk, protection, support, privacy,
    kernel,
)  # fmt: skip
REGISTER: tuple[Retention, ...] = tuple(each for room in ROOMS for each in room.KEPT)
NO_PERSONAL_DATA: dict[str, str] = {model: why for room in ROOMS for model, why in room.NO_PERSONAL_DATA.items()}


@dataclass(frozen=True, slots=True)
class KeptOf:
    """One processing as it concerns one person; `count`: how many records are theirs now, None: not told apart."""

    declared: Retention
    count: int | None


def list_kept(account: AccountId) -> list[KeptOf]:
    """What is kept of a person now, in the register's order."""
    return [KeptOf(each, each.count(account)) for each in REGISTER]
