"""« Mes signalements »: what one has reported and what became of it; traps that one got; and how to report."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.protection.forwarded import find_report_address
from corneille.protection.incident import list_own


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own alone."""
    reported, received = list_own(account_of(request), get_language() or "fr")
    context = {"reported": reported, "received": received, "address": find_report_address()}
    return render(request, "security/mine.html", context)
