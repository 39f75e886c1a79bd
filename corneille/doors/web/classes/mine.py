"""« Mes classes »: those that one has made, for who works in a school."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.classes.gate import list_classes, list_places
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own alone."""
    account, now = account_of(request), clock.now()
    context = {"classes": list_classes(account, now), "makes": bool(list_places(account, now))}
    return render(request, "classes/mine.html", context)
