"""After a reset: everything that still opens the account, to keep or to end."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.access.app_password import list_app_passwords
from corneille.access.device import find_device, list_devices
from corneille.access.recovery_contact import list_contacts
from corneille.access.session import list_sessions
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock


@require_safe
@signed_in
def review(request: HttpRequest) -> HttpResponseBase:
    """App passwords, sessions, devices and recovery contacts, each with where to end it."""
    account, now = account_of(request), clock.now()
    context = {
        "app_passwords": list_app_passwords(account),
        "sessions": list_sessions(account, current_key=request.session.session_key or ""),
        "devices": list_devices(account, now, current=find_device(request.COOKIES.get(DEVICE_COOKIE), account, now)),
        "contacts": list_contacts(account),
    }
    return render(request, "portal/review.html", context)
