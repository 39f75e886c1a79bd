"""Opens a request: routed, with the diagnosis of that moment, and told to who answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.people.assignment import list_assignments
from corneille.people.decide import Level
from corneille.support.agents import list_agents
from corneille.support.decide import State
from corneille.support.diagnosis import take_diagnosis
from corneille.support.models import SupportRequest
from corneille.support.route import Matter, route
from corneille.support.settings import Support
from corneille.support.step import RequestRefused, check_text, find_due, keep_step
from corneille.support.tell import tell_agents

PERSON = "person"
BLOCKS = "blocks"
LETTER = "letter"
UNPROVED = "unproved"
OUTSIDE = "outside"
"""The first step of a request that was asked for without signing in."""
FIRST_STEPS = {LETTER: "letter", UNPROVED: OUTSIDE}
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What a person says.

    uai        one of the establishments where they work; empty: the first of them
    reference  as typed, of a refused sign-in; cause: on whose page they began
    consents   who deals with it may open the sheet of their account
    """

    matter: Matter
    text: str
    uai: str = ""
    reference: str = ""
    cause: str = ""
    consents: bool = False


def list_places(account: AccountId, now: datetime) -> list[tuple[str, str]]:
    """Code and name of each establishment where the person works, by name."""
    return list({each.uai: each.establishment for each in list_assignments(account, now.date())}.items())


def open_request(account: AccountId, new: NewRequest, now: datetime) -> int:
    """Opens a request for its person; gives its number. Raises RequestRefused."""
    text = check_text(new.text)
    recent = SupportRequest.objects.filter(account=account, origin=PERSON, opened_at__gt=now - DAY).count()
    if recent >= of(Support).requests_per_day_count:
        raise RequestRefused(reason="many")
    return add_request(account, new, text, now).pk


@transaction.atomic
def add_request(
    account: AccountId, new: NewRequest, text: str, now: datetime, *, origin: str = PERSON, key: str | None = None
) -> SupportRequest:
    """Adds the row with its first step and tells who answers. Raises RequestRefused.

    origin  PERSON; UNPROVED (`support/unproved`): asked for without signing in; or BLOCKS, LETTER (`support/blocked`,
            `support/disowned`): it opens by itself, what concerns a letter above the establishment that made it
    """
    places = [uai for uai, _name in list_places(account, now)]
    if new.uai and new.uai not in places:
        raise RequestRefused(reason="place")
    uai = new.uai or next(iter(places), "")
    reachable = set(list_agents(new.matter, uai, now.date(), but=account))
    level = route(new.matter, reachable - {Level.ESTABLISHMENT} if origin == LETTER else reachable)
    diagnosis = take_diagnosis(account, now, reference=new.reference, cause=new.cause)
    row = SupportRequest.objects.create(
        account_id=account, origin=origin, key=key, matter=new.matter, uai=uai, first_level=level, level=level,
        level_since_at=now, state=State.NEW, state_since_at=now, opened_at=now, due_at=find_due(now),
        diagnosis=diagnosis.as_data(), consented_at=now if new.consents else None,
    )  # fmt: skip
    action, by = FIRST_STEPS.get(origin, "open"), account if origin == PERSON else None
    step = keep_step(row, action, now, by=by, is_agent=False, text=text)
    tell_agents("request-arrived", row, step, now)
    return row
