"""Notices on the home page: read, and put away."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.outbox import mark_seen


@require_POST
@signed_in
def seen(request: HttpRequest) -> HttpResponseBase:
    """Puts one notice away."""
    asked = id_of(request)
    mark_seen(account_of(request), asked, clock.now())
    return redirect("portal:home")
