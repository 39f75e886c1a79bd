"""Browser check: version, cookies, JavaScript, clock, storage; each with what to do, also without scripts."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corneille.access.program import describe_program
from corneille.doors.web.help import words
from corneille.kernel import clock

COOKIE = "corneille_essai"
COOKIE_LASTS_S = 300


@require_safe
@never_cache
def browser(request: HttpRequest) -> HttpResponseBase:
    """Sets a cookie and looks at the next load whether it came back; the page's script finds out the rest."""
    context = {
        "program": describe_program(request.headers.get("User-Agent", "")),
        "has_cookie": COOKIE in request.COOKIES,
        "is_second": "encore" in request.GET,
        "made_at": clock.now(),
        "now_ms": int(clock.now().timestamp() * 1000),
        "told": words.CHECKS,
    }
    response = render(request, "help/browser.html", context)
    response.set_cookie(COOKIE, "1", max_age=COOKIE_LASTS_S, secure=True, httponly=True, samesite="Lax")
    return response
