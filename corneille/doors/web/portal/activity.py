"""« Mes connexions »: who came in with this account, who was refused, where, with what, and how to end it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneille.access.activity import AttemptShown, list_attempts
from corneille.access.connection import end_connection, list_connections
from corneille.access.device import find_device, forget_device, list_devices
from corneille.access.not_me import make_links
from corneille.access.program import Program
from corneille.access.session import end_other_sessions, end_session, list_sessions
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal import words
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.notices.place_words import name_place
from corneille.sso.client import find_client
from corneille.sso.sign_on import list_sign_ons

ATTEMPTS_SHOWN = 100
VISITS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt in plain words; `not_me_link`: where its owner says that it was not them, while that can be said."""

    at: datetime
    door: str
    place: str
    network: str
    program: Program
    is_refused: bool
    why: str
    reference: str
    not_me_link: str


@require_safe
@signed_in
def activity(request: HttpRequest) -> HttpResponseBase:
    """Open sessions, then attempts, the newest first."""
    account, now = account_of(request), clock.now()
    key = request.session.session_key or ""
    current = find_device(request.COOKIES.get(DEVICE_COOKIE), account, now)
    context = {
        "devices": list_devices(account, now, current=current),
        "visits": list_sign_ons(account, VISITS_SHOWN),
        "sessions": list_sessions(account, current_key=key),
        "connections": [
            (each, words.name_door(each.door), _name_service(each.service)) for each in list_connections(account)
        ],
        "attempts": _list_rows(account, now),
    }
    return render(request, "portal/activity.html", context)


@require_POST
@signed_in
def end(request: HttpRequest) -> HttpResponseBase:
    """Ends one session."""
    asked = id_of(request)
    end_session(account_of(request), asked, clock.now())
    messages.success(request, _("The session is ended."))
    return redirect("portal:activity")


@require_POST
@signed_in
def disconnect(request: HttpRequest) -> HttpResponseBase:
    """Disconnects one mail program."""
    asked = id_of(request)
    end_connection(account_of(request), asked, clock.now())
    told = _("The program is disconnected; it comes back by itself while its password or permission is good.")
    messages.success(request, told)
    return redirect("portal:activity")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponseBase:
    """Ends every session but this one, mail programs included."""
    end_other_sessions(account_of(request), request.session.session_key or "", clock.now())
    messages.success(request, _("All your other sessions are ended, and your mail programs are disconnected."))
    return redirect("portal:activity")


@require_POST
@signed_in
def forget(request: HttpRequest) -> HttpResponseBase:
    """Forgets one known device."""
    asked = id_of(request)
    forget_device(account_of(request), asked, clock.now())
    messages.success(request, _("The device is forgotten: it is now one like any other."))
    return redirect("portal:activity")


def _name_service(slug: str) -> str:
    """The program or service whose token opened a connection; "" for a password."""
    client = find_client(slug) if slug else None
    return client.name if client is not None else slug


def _list_rows(account: AccountId, now: datetime) -> list[Row]:
    attempts = list_attempts(account, ATTEMPTS_SHOWN)
    links = make_links(account, (each.at for each in attempts if not words.is_refused(each)), now)
    return [_row(each, links.get(each.at, "")) for each in attempts]


def _row(attempt: AttemptShown, not_me_link: str) -> Row:
    refused = words.is_refused(attempt)
    return Row(
        attempt.at,
        words.name_door(attempt.door),
        name_place(attempt.place),
        attempt.network,
        attempt.program,
        refused,
        words.explain_reason(attempt.reason) if refused else "",
        attempt.reference,
        "" if refused else not_me_link,
    )
