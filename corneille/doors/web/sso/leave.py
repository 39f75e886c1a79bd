"""Signing out from a service (OpenID Connect RP-Initiated Logout 1.0): asks, ends the session here, and leads back."""

from django.contrib import auth
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from corneille.access.session import end_session_of_key
from corneille.doors.web.sso.onward import send_onward
from corneille.sso.leave import find_way_back


@csrf_exempt  # services may post here (§2); what ends the session is our own form, which is protected
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponseBase:
    """Whoever is signed in is asked; nobody else has anything to end."""
    if request.method == "POST" and "quitter" in request.POST:
        return _end(request)
    told = _read(request)
    back = find_way_back(*told.values())
    if not request.user.is_authenticated:
        return send_onward(request, back[1], back[0]) if back else redirect("portal:sign_in")
    return render(request, "sso/leave.html", {"told": told, "name": back[0] if back else ""})


@csrf_protect
def _end(request: HttpRequest) -> HttpResponseBase:
    back = find_way_back(*_read(request).values())
    end_session_of_key(request.session.session_key or "")
    auth.logout(request)
    return send_onward(request, back[1], back[0]) if back else redirect("/connexion?parti=1")


def _read(request: HttpRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    return {name: given.get(name, "") for name in ("client_id", "id_token_hint", "post_logout_redirect_uri", "state")}
