"""« Mes demandes »: one's own requests to support and where each stands."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.support.words import tell_usual
from corneille.kernel import clock
from corneille.support.delay import find_usual_delay
from corneille.support.request import list_own


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own alone."""
    usual = tell_usual(find_usual_delay(None, clock.now()))
    return render(request, "support/mine.html", {"lines": list_own(account_of(request)), "usual": usual})
