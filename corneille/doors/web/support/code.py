"""Six digits that a person on the telephone reads out to support, so that it knows who calls."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.support.caller import LASTS, show_caller_code


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def code(request: HttpRequest) -> HttpResponseBase:
    """GET says what it is for; POST draws one and shows it this once: only its mac is kept."""
    now = clock.now()
    shown = show_caller_code(account_of(request), now) if request.method == "POST" else ""
    return render(request, "support/code.html", {"code": shown, "until": now + LASTS})
