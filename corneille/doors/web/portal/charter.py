"""The IT charter: read, accepted with its date; asked before anything else when a new version comes."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corneille.access.charter import accept_charter, find_charter
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def charter(request: HttpRequest) -> HttpResponseBase:
    """The text and the button; a POST accepts the version that was shown."""
    account, now = account_of(request), clock.now()
    if request.method == "POST":
        if accept_charter(account, request.POST.get("version", "")[:20], now):
            messages.success(request, _("Thank you: the charter is accepted."))
            return redirect("portal:first_steps")
        messages.error(request, _("A newer version has been published meanwhile: here it is."))
    shown = find_charter(account, get_language() or "fr", now)
    return render(request, "portal/charter.html", {"charter": shown})
