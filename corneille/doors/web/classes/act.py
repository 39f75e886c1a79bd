"""Removing: one person of a class, or the class."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from corneille.classes.gate import open_class
from corneille.classes.make import remove_class
from corneille.classes.person import Which, find_said
from corneille.classes.person import remove_person as take_out
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_POST
@signed_in
def remove(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """The class with all its people, for good: only where the box says so."""
    now, account = clock.now(), account_of(request)
    opened = open_class(account, class_id, now)
    if request.POST.get("sur") != "1":
        messages.error(request, _now("Tick the box to say that you are sure: nothing was removed."))
        return redirect("classes:school_class", class_id)
    remove_class(account, class_id, now)
    messages.success(request, _now("The class %(label)s is removed, with all its people.") % {"label": opened.label})
    return redirect("classes:mine")


@require_POST
@signed_in
def remove_person(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """A guardian, or a pupil with those responsible for them."""
    now, account = clock.now(), account_of(request)
    open_class(account, class_id, now)
    which = Which(parse_number(request.POST.get("eleve", "")) or -1, parse_number(request.POST.get("responsable", "")))
    pupil, guardian = find_said(class_id, which)
    take_out(account, class_id, which, now)
    person = guardian or pupil
    assert person is not None
    messages.success(request, _now("%(name)s is removed from the class.") % {"name": person.name or person.address})
    return redirect("classes:school_class", class_id)
