"""Notices on the home page: read, and put away."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.outbox import mark_seen


@require_POST
@signed_in
def seen(request: HttpRequest) -> HttpResponseBase:
    """Puts one notice away."""
    asked = parse_number(request.POST.get("id", ""))
    if asked is None:
        return show(request, NOT_FOUND)
    mark_seen(account_of(request), asked, clock.now())
    return redirect("portal:home")
