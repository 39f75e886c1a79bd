"""Leaving: the session ends here and in the tables; the device stays known."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from corneille.access.session import end_session_of_key


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on POST; a GET (a bookmark, a scanner of links) only asks."""
    if not request.user.is_authenticated:
        return redirect("portal:sign_in")
    if request.method == "POST":
        end_session_of_key(request.session.session_key or "")
        auth.logout(request)
        return redirect("/connexion?parti=1")
    return render(request, "portal/sign_out.html")
