"""The page of a class: its pupils, those responsible for them, and what one does with it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.classes.gate import list_pupils, open_class
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_safe
@signed_in
def school_class(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """One's own, or nothing."""
    opened = open_class(account_of(request), class_id, clock.now())
    return render(request, "classes/class.html", {"class": opened, "pupils": list_pupils(opened.id)})
