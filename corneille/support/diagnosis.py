"""What stood in somebody's way when they asked for help: taken once, kept with the request; never content of mail."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from corneille.access.activity import AttemptShown, find_attempt, list_attempts
from corneille.access.containment import find_step
from corneille.access.factor import list_factors
from corneille.access.factor_rule import Moment
from corneille.access.password_life import find_life
from corneille.access.reference import parse_reference
from corneille.access.restriction import list_restrictions
from corneille.access.rights import list_rights
from corneille.desk.cause import Cause
from corneille.desk.obstacle import list_obstacles
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.changes import get_quota
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import Quota
from corneille.people.find import find_standing_of

REFUSED_SHOWN = 5
ATTEMPTS_READ = 50


@dataclass(frozen=True, slots=True)
class Tried:
    """One refused sign-in, as it is kept in a diagnosis; codes, and `at` as ISO 8601."""

    at: str
    door: str
    network: str
    program: str
    reason: str
    reference: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Codes of what auto-dépannage and the guard say; all of it is shown to the person too.

    given         the reference that the person typed; `tried` holds it only where it is of their own account
    begun_from    the cause on whose page the request was begun
    missing       rights that the account does not have
    """

    state: str = ""
    causes: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    containment: str = ""
    missing: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    password_set_at: str = ""
    password_expires_at: str = ""
    used_bytes: int | None = None
    limit_bytes: int | None = None
    given: str = ""
    begun_from: str = ""
    tried: Tried | None = None
    refused: tuple[Tried, ...] = ()

    def as_data(self) -> dict[str, object]:
        """As JSON keeps it."""
        return asdict(self)


def take_diagnosis(account: AccountId, now: datetime, *, reference: str = "", cause: str = "") -> Diagnosis:
    """Looks at the account now. A reference that is another account's reads like one that is nobody's."""
    code = parse_reference(reference)
    own = find_attempt(account, code) if code is not None else None
    refused = [each for each in list_attempts(account, ATTEMPTS_READ) if each.decision == "refused"]
    life, quota, standing = find_life(account, now), find_quota(account), find_standing_of(account)
    rights = list_rights(account, standing.type.value, now) if standing is not None else []
    return Diagnosis(
        state=standing.state.value if standing is not None else "",
        causes=tuple(dict.fromkeys(each.cause.value for each in list_obstacles(account, now))),
        restrictions=tuple(sorted(each.value for each in list_restrictions(account, now, Moment(False, "portal")))),
        containment=find_step(account).value,
        missing=tuple(each.right.value for each in rights if not each.is_allowed),
        factors=tuple(each.kind for each in list_factors(account)),
        password_set_at=life.set_at.isoformat() if life is not None else "",
        password_expires_at=life.expires_at.isoformat() if life is not None and life.expires_at is not None else "",
        used_bytes=quota.used_bytes if quota is not None else None,
        limit_bytes=quota.limit_bytes if quota is not None else None,
        given=code or "",
        begun_from=cause if cause in set(Cause) else "",
        tried=_keep(own) if own is not None else None,
        refused=tuple(_keep(each) for each in refused[:REFUSED_SHOWN]),
    )


def read_diagnosis(data: dict[str, object]) -> Diagnosis:
    """From what was kept, also by an earlier release."""
    known = {each.name: data[each.name] for each in fields(Diagnosis) if each.name in data}
    for name, value in known.items():
        if isinstance(value, list):
            known[name] = tuple(_read(each) for each in value)
    known["tried"] = _read(known.get("tried"))
    return Diagnosis(**known)  # type: ignore[arg-type]


def find_quota(account: AccountId) -> Quota | None:
    """How full the person's mail is; None: they have none."""
    try:
        return get_quota(open_mail_account(account))
    except Gone:
        return None


def _read(value: object) -> object:
    return Tried(**value) if isinstance(value, dict) else value


def _keep(each: AttemptShown) -> Tried:
    return Tried(each.at.isoformat(), each.door, each.network, str(each.program), each.reason, each.reference)
