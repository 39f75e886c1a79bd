"""« Premiers pas »: what is set and what is left, at any time."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corneille.access.app_password import list_app_passwords
from corneille.access.charter import is_charter_due
from corneille.access.factor import list_enrolled
from corneille.access.recovery_contact import list_verified
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_safe
@signed_in
def first_steps(request: HttpRequest) -> HttpResponseBase:
    """One line each: done, or where to do it."""
    account, now = account_of(request), clock.now()
    steps = (
        (not is_charter_due(account, now), _("Accept the charter"), _("The rules of the house, on one page."), "/charte"),
        (bool(list_verified(account)), _("Give a recovery contact"),
         _("If you forget your password, a code comes there at any hour."), "/coordonnees-de-secours"),
        (bool(list_enrolled(account)), _("Set a second factor"),
         _("With a phone or with codes on paper: three minutes."), "/second-facteur"),
        (bool(list_app_passwords(account)), _("Set up a mail program"),
         _("Thunderbird, Outlook, your phone: the exact settings."), "/configurer"),
    )  # fmt: skip
    left = sum(not is_done for is_done, *_rest in steps)
    return render(request, "portal/first_steps.html", {"steps": steps, "left": left})
