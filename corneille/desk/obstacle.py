"""What stands in somebody's way now, whether or not they have a reference of a refusal; for who has proved to be them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.access.activity import list_attempts
from corneille.access.containment import ContainedNow, find_contained_now
from corneille.access.facts import MAIL_DOORS, Containment, PasswordAge
from corneille.access.password_life import find_life
from corneille.access.rights import list_rights
from corneille.desk.cause import Cause, choose_cause
from corneille.desk.ruling import Ruling, find_ruling
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.changes import get_quota
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.account_type import AccountState
from corneille.people.find import find_person, find_state

FULL = 0.98
"""Above this share of its quota a mail account refuses messages before long."""
RECENT, LOOKED = timedelta(days=7), 500
"""How far back a program's last sign-in is looked for: a phone that has not tried for a week is in a drawer."""
OF_PROGRAMS = frozenset({
    Cause.OLD_PASSWORD, Cause.APP_PASSWORD_NEEDED, Cause.APP_PASSWORD_REVOKED, Cause.APP_PASSWORD_EXPIRED,
    Cause.APP_PASSWORD_SCOPE, Cause.NETWORK_NOT_ALLOWED,
})  # fmt: skip
"""What keeps out a program whose secret is its person's, or was."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in somebody's way; `door`: the one alone that it stands before, or ""."""

    cause: Cause
    door: str = ""
    ruling: Ruling | None = None


def list_obstacles(account: AccountId, now: datetime) -> list[Obstacle]:
    """What stands in this person's way now, the most pressing first; for who has proved to be them."""
    causes = []
    state = find_state(account)
    states = {
        AccountState.SUSPENDED: Cause.SUSPENDED,
        AccountState.TO_ACTIVATE: Cause.TO_ACTIVATE,
        AccountState.ENDED: Cause.ENDED,
        AccountState.MOVED: Cause.MOVED,
    }
    if state in states:
        causes.append(states[state])
    contained = find_contained_now(account)
    if contained.step is Containment.HOLD_SENDING:
        causes.append(Cause.SENDING_HELD)
    if contained.step is Containment.SUSPEND and Cause.SUSPENDED not in causes:
        causes.append(_choose_suspension(contained))
    life = find_life(account, now)
    if life is not None and life.age is not PasswordAge.FRESH:
        causes.append(Cause.SOFT_LANDING if life.age is PasswordAge.SOFT else Cause.PASSWORD_EXPIRED)
    if _is_full(account):
        causes.append(Cause.QUOTA)
    found = [Obstacle(each, "", find_ruling(account, each, "", now)) for each in causes]
    return [*found, *_list_missing(account, now), *_list_refused(account, now)]


def _list_missing(account: AccountId, now: datetime) -> list[Obstacle]:
    """The rights that are taken from them today, each with who decided."""
    person = find_person(account)
    rights = list_rights(account, person.type.value, now) if person is not None else []
    doors = [each.right.value for each in rights if not each.is_allowed]
    return [Obstacle(Cause.NOT_ENTITLED, door, find_ruling(account, Cause.NOT_ENTITLED, door, now)) for door in doors]


def _list_refused(account: AccountId, now: datetime) -> list[Obstacle]:
    """Why each of their programs was refused last, in the last days. Strangers' tries stand in nobody's way: what counts
    had a secret that is theirs, or was.
    """
    last: dict[tuple[str, str], Cause | None] = {}
    for each in list_attempts(account, LOOKED):
        if each.door not in MAIL_DOORS or now - each.at > RECENT:
            continue
        cause = choose_cause(each.reason) if each.decision == "refused" else None
        if cause is None or cause in OF_PROGRAMS:
            last.setdefault((each.door, str(each.program)), cause)
    causes = dict.fromkeys((cause, door) for (door, _), cause in last.items() if cause is not None)
    return [Obstacle(cause, door, find_ruling(account, cause, door, now)) for cause, door in causes]


def _choose_suspension(contained: ContainedNow) -> Cause:
    if contained.is_for_support:
        return Cause.SUSPENDED_FOR_SUPPORT
    return Cause.SUSPENDED_BY_GUARD if contained.is_undoable else Cause.SUSPENDED


def _is_full(account: AccountId) -> bool:
    try:
        quota = get_quota(open_mail_account(account))
    except Gone:
        return False
    return bool(quota.limit_bytes) and quota.used_bytes >= FULL * quota.limit_bytes
