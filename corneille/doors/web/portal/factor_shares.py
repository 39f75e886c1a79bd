"""« Seconds facteurs, en chiffres »: how many of each establishment have set one, for those who look after it; no names.

A head reads their own establishments, security correspondents and support those of their reach, `securite` all.
"""

from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.access.factor_share import FEW, list_shares
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people.decide import Duty, Scope
from corneille.people.scope import find_scope, list_places

DUTIES = (Duty.LOOK_AFTER, Duty.WATCH, Duty.JUDGE)


@require_safe
@signed_in
def factor_shares(request: HttpRequest) -> HttpResponseBase:
    """The table; not there for those who look after nobody."""
    on = today(clock.now())
    scopes = list_scopes(account_of(request), on)
    if not scopes:
        return show(request, NOT_FOUND)
    is_whole = any(scope.is_whole for scope in scopes)
    shares = list_shares(on, None if is_whole else {place.uai for place in list_places(*scopes)})
    return render(request, "portal/factor_shares.html", {"shares": shares, "few": FEW})


def list_scopes(account: AccountId, on: date) -> list[Scope]:
    """Whose figures somebody may read; empty: nobody's."""
    return [scope for scope in (find_scope(account, duty, on) for duty in DUTIES) if scope]
