"""« Assistance »: what lies on an agent's desk."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.support.words import STATES, tell_usual
from corneille.kernel import clock
from corneille.support.decide import State
from corneille.support.delay import find_usual_delay
from corneille.support.queue import Whose, list_at_desk
from corneille.support.sheet import may_look_up

PARTS: tuple[tuple[str, Whose, Promise], ...] = (
    ("niveau", Whose.LEVEL, _("At my level")),
    ("moi", Whose.MINE, _("That I look after")),
    ("tout", Whose.ALL, _("All that I may see")),
)


@require_safe
@signed_in
def desk(request: HttpRequest) -> HttpResponseBase:
    """Not there for who answers nothing; `?qui=` and `?etat=` choose."""
    account, now = account_of(request), clock.now()
    who, wanted = request.GET.get("qui", "niveau"), request.GET.get("etat", "")
    whose = next((each for name, each, _label in PARTS if name == who), Whose.LEVEL)
    state = State(wanted) if wanted in set(State) else None
    context = {
        "lines": list_at_desk(account, whose, state, now),
        "parts": [(name, label, each is whose) for name, each, label in PARTS],
        "states": [(each.value, words, each is state) for each, (words, _kind) in STATES.items()],
        "may_look_up": may_look_up(account, now),
        "usual": tell_usual(find_usual_delay(None, now)),
    }
    return render(request, "support/desk.html", context)
