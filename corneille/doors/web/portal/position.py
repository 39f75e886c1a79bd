"""A position that one has: what it gives and why, who else has it, and the register of who opened its mail."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.access.register import list_register
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.register import show_lines
from corneille.doors.web.position_words import name_rights
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.today import today
from corneille.people.position import HeldPosition, Position, find_held, list_held, list_holders
from corneille.people.position_right import Decision


@dataclass(frozen=True, slots=True)
class Why:
    """What one function gives, until when."""

    function: str
    rights: str
    until_on: date | None


@dataclass(frozen=True, slots=True)
class HeldShown:
    """A position and why it is somebody's; `name` says whose, for the list of who has it."""

    name: str
    position: Position
    because: list[Why]

    @property
    def last_on(self) -> date | None:
        """The last day of all that it gives; None: no end is known of some of it."""
        ends = [each.until_on for each in self.because]
        return None if None in ends else max((end for end in ends if end is not None), default=None)


@require_safe
@signed_in
def position(request: HttpRequest, position_id: int) -> HttpResponseBase:
    """The page of one; not there for who does not have it."""
    now, account = clock.now(), AccountId(position_id)
    held = find_held(account_of(request), account, now)
    if held is None:
        raise Gone(account=account)
    others = [
        HeldShown(each.name, held.position, _explain(each.decision)) for each in list_holders(account, today(now))
    ]
    rows = show_lines(list_register(account))
    context = {"held": show_held(held), "holders": others, "rows": rows}
    return render(request, "portal/position.html", context)


def list_shown(request: HttpRequest) -> list[HeldShown]:
    """Those of the person who asks."""
    return [show_held(each) for each in list_held(account_of(request), clock.now())]


def show_held(held: HeldPosition) -> HeldShown:
    """A position in words."""
    return HeldShown("", held.position, _explain(held.decision))


def _explain(decision: Decision) -> list[Why]:
    return [Why(each.function, name_rights(each.rights), each.until_on) for each in decision.because]
