"""Completion of addresses while one types: options that the browser shows by itself."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.recipients import format_recipient
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.suggest import suggest_groups
from corneille.kernel import clock
from corneille.people.address import suggest_addresses
from corneille.transport.compose import Correspondent

SUGGESTIONS = 8
LISTS = 3


@require_safe
@signed_in
def suggest(request: HttpRequest) -> HttpResponseBase:
    """Options for what stands after the last comma of the field; what stands before is kept in each of them."""
    field = next((request.GET[name] for name in ("to", "cc", "bcc") if request.GET.get(name)), "")[:4000]
    before, comma, typed = field.rpartition(",")
    kept = f"{before}, " if comma else ""
    typed = typed.strip()
    found = []
    if len(typed) >= 2:
        found = suggest_groups(account_of(request), typed, LISTS, clock.now()) + suggest_addresses(typed, SUGGESTIONS)
    options = [kept + format_recipient(Correspondent(each.name, each.address)) for each in found]
    return render(request, "mail/options.html", {"options": options})
