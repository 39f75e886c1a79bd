"""« Sécurité »: the incidents that somebody may see, those to judge first."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.protection.incident import QUEUE_COUNT, list_incidents


@require_safe
@signed_in
def queue(request: HttpRequest) -> HttpResponseBase:
    """Not there for who looks after nothing; `?clos=1`: those that are over; `?depuis=100`: what comes after a hundred."""
    closed = request.GET.get("clos") == "1"
    start = parse_number(request.GET.get("depuis", "")) or 0
    lines = list_incidents(account_of(request), clock.now(), get_language() or "fr", closed=closed, start=start)
    further = start + QUEUE_COUNT if len(lines) == QUEUE_COUNT else None
    context = {"lines": lines, "closed": closed, "start": start, "further": further}
    return render(request, "security/queue.html", context)
