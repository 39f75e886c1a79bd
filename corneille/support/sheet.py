"""The sheet of an account, for support: everything that helps, no secret, nothing of the mail's content.

It opens with a reason, with the person's agreement on a request, or with a code that the person reads out
(`caller.py`); for a while; and each opening is in the journal, where the person sees who looked and why.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.activity import AttemptShown, list_attempts
from corneille.access.app_password import list_app_passwords
from corneille.access.containment import ContainedShown, list_contained
from corneille.access.device import DeviceShown, list_devices
from corneille.access.factor import FactorShown, list_factors
from corneille.access.password_life import Life, find_life
from corneille.access.recovery_contact import list_verified
from corneille.access.right import Standing
from corneille.access.rights import list_rights
from corneille.desk.cause import Cause
from corneille.desk.obstacle import list_obstacles
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.mail.values import Quota
from corneille.people.account_type import is_person
from corneille.people.assignment import list_assignments
from corneille.people.decide import Level
from corneille.people.find import Person, find_account, find_person
from corneille.support.agents import Scope, find_scopes
from corneille.support.decide import OPEN
from corneille.support.diagnosis import find_quota
from corneille.support.models import SheetOpening, SupportRequest
from corneille.support.request import is_seen
from corneille.support.settings import Support
from corneille.support.step import RequestRefused

REASON, CONSENT, CALLER = "reason", "consent", "caller"
REASON_LENGTH = 200
ATTEMPTS_SHOWN = 10
CONTAINED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One account as support sees it; `opened_until` and `way`: of this opening, `proved_at`: by a code read out."""

    person: Person
    causes: list[Cause]
    life: Life | None
    factors: list[FactorShown]
    app_password_count: int
    contact_count: int
    contained: list[ContainedShown]
    rights: list[Standing]
    attempts: list[AttemptShown]
    devices: list[DeviceShown]
    quota: Quota | None
    way: str
    opened_until: datetime
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A sheet that waits for a reason: whose, and whether the person has agreed already."""

    person: Person
    has_agreed: bool


def look_up(agent: AccountId, typed: str, now: datetime) -> AccountId:
    """Whose account an identifier, address or NUMEN means, for agents of a DSDEN or the rectorat. Raises Gone."""
    person = find_account(typed)
    if person is None:
        raise Gone(account=typed[:80])
    return find_for_agent(agent, person.id, now).id


def find_sheet(agent: AccountId, account: AccountId, now: datetime) -> Sheet | Closed:
    """The sheet while an opening of this agent lasts, else what it waits for. Raises Gone."""
    person = find_for_agent(agent, account, now)
    lasts = timedelta(minutes=of(Support).sheet_minutes)
    own = SheetOpening.objects.filter(agent=agent, account=account, at__gt=now - lasts, at__lte=now)
    openings = own.order_by("-at", "-pk")
    last = openings.first()
    if last is None:
        return Closed(person, _has_agreed(agent, account, now))
    proved = openings.filter(way=CALLER).first()
    causes = [*dict.fromkeys(each.cause for each in list_obstacles(account, now))]
    return Sheet(
        person=person, causes=causes, life=find_life(account, now), factors=list_factors(account),
        app_password_count=len(list_app_passwords(account)), contact_count=len(list_verified(account)),
        contained=list_contained(account, CONTAINED_SHOWN), rights=list_rights(account, person.type.value, now),
        attempts=list_attempts(account, ATTEMPTS_SHOWN), devices=list_devices(account, now, current=None),
        quota=find_quota(account), way=last.way, opened_until=last.at + lasts,
        proved_at=proved.at if proved is not None else None,
    )  # fmt: skip


def open_sheet(agent: AccountId, account: AccountId, reason: str, now: datetime) -> None:
    """Opens it with a reason; without one, where the person has agreed. Raises Gone, RequestRefused ("text")."""
    find_for_agent(agent, account, now)
    told = " ".join(reason.split())
    if len(told) > REASON_LENGTH or not (told or _has_agreed(agent, account, now)):
        raise RequestRefused(reason="text")
    keep_opening(agent, account, REASON if told else CONSENT, told, now)


@transaction.atomic
def keep_opening(agent: AccountId, account: AccountId, way: str, reason: str, now: datetime) -> None:
    """The opening, and the line of the journal that the person reads."""
    SheetOpening.objects.create(agent_id=agent, account_id=account, way=way, reason=reason, at=now)
    told: dict[str, journal.Value] = {"way": way, "reason": reason}
    journal.append("sheet-opened", actor=journal.name_actor(agent), subject=account, data=told, now=now)


def may_look_up(agent: AccountId, now: datetime) -> bool:
    """Whether they find accounts without a request: a DSDEN's and the académie's support do."""
    return any(each.level is not Level.ESTABLISHMENT for each in find_scopes(agent, now.date()))


def find_for_agent(agent: AccountId, account: AccountId, now: datetime) -> Person:
    """The person, where this agent may ask to see the sheet. Raises Gone.

    A correspondent sees those alone who have a request open with them; nobody looks at themselves here.
    """
    person = find_person(account)
    if person is None or account == agent or not is_person(person.type):
        raise Gone(account=account)
    scopes = find_scopes(agent, now.date())
    uais = {each.uai for each in list_assignments(account, now.date())} or {""}
    wide = [each for each in scopes if each.level is not Level.ESTABLISHMENT]
    if any(scope.covers(uai) for scope in wide for uai in uais) or _list_requests(account, scopes):
        return person
    raise Gone(account=account)


def _has_agreed(agent: AccountId, account: AccountId, now: datetime) -> bool:
    rows = _list_requests(account, find_scopes(agent, now.date()))
    return any(row.consented_at is not None for row in rows)


def _list_requests(account: AccountId, scopes: tuple[Scope, ...]) -> list[SupportRequest]:
    """The person's open requests that these scopes may act on."""
    rows = SupportRequest.objects.filter(account=account, state__in=OPEN)
    return [row for row in rows if any(is_seen(row, each) and each.may_act(Level(row.level)) for each in scopes)]
